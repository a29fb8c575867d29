package org.postern.connector;

import java.time.Duration;
import java.util.List;
import org.postern.administration.Setting;
import org.postern.administration.SettingTypes;
import org.postern.administration.SharedSettings;

/** The settings of what stands between listener and beans. */
final class DeliverySettings {

    /** This gateway's name. */
    static final Setting<String> HOST_NAME = new Setting<>(
            "hostName",
            HostName.TYPE,
            "",
            "This gateway's name in greeting, HELO, Received and the first certificate: a domain name or an address literal."
                    + " Empty: the machine's full name, else its address literal.");

    /** How many deliveries may be under way at once. */
    static final Setting<Integer> DELIVERIES_AT_ONCE = new Setting<>(
            "deliveriesAtOnce",
            SettingTypes.number(1, 10_000),
            "32",
            "How many messages may be with beans at once; as large as the bean's pool. What is more waits for deliveryWait.");

    /** How many event loops. */
    static final Setting<Integer> EVENT_LOOPS = new Setting<>(
            "eventLoops",
            SettingTypes.number(0, 256),
            "0",
            "The number of event loops, each on a thread of the container for good, and on a second one at busy times. 0: one for every two processors, as fewer switch threads less often, and beans need processors too.");

    /** How long messages under way may take when the adapter stops. */
    static final Setting<Duration> STOP_PATIENCE = new Setting<>(
            "stopPatience",
            SettingTypes.DURATION,
            "20s",
            "How long sessions may take to finish their message when the adapter stops, in seconds or with s, m, h.");

    static final List<Setting<?>> ALL =
            List.of(HOST_NAME, SharedSettings.ACCEPTED_DOMAINS, DELIVERIES_AT_ONCE, EVENT_LOOPS, STOP_PATIENCE);

    private DeliverySettings() {}
}
