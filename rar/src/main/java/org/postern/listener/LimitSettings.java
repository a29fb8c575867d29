package org.postern.listener;

import java.time.Duration;
import java.util.List;
import org.postern.administration.Setting;
import org.postern.administration.SettingType;
import org.postern.administration.SettingTypes;

/** The settings that bound what a peer, or all of them, may take. In each, 0 stands for no limit. */
public final class LimitSettings {

    /** All sessions at once. */
    public static final Setting<Integer> MAX_SESSIONS = new Setting<>(
            "maxSessions",
            SettingTypes.number(0, 1_000_000),
            "10000",
            "The most sessions at once; what is more is told 421 4.3.2. 0 for no limit.");

    /** Sessions of one peer at once. */
    public static final Setting<Integer> MAX_SESSIONS_PER_ADDRESS = new Setting<>(
            "maxSessionsPerAddress",
            SettingTypes.number(0, 1_000_000),
            "50",
            "The most sessions at once from one IPv4 address or IPv6 /64; what is more is told 421 4.7.0. trustedNetworks are"
                    + " exempt. 0 for no limit.");

    /** New sessions of one peer. */
    public static final Setting<Integer> MAX_NEW_SESSIONS_PER_MINUTE = new Setting<>(
            "maxNewSessionsPerMinute",
            SettingTypes.number(0, 1_000_000),
            "0",
            "The most new sessions in a minute from one IPv4 address or IPv6 /64; what is more is told 421 4.7.0."
                    + " trustedNetworks are exempt. 0 for no limit.");

    /** Messages of one peer. */
    public static final Setting<Integer> MAX_MESSAGES_PER_MINUTE = new Setting<>(
            "maxMessagesPerMinute",
            SettingTypes.number(0, 1_000_000),
            "0",
            "The most messages begun in a minute from one IPv4 address or IPv6 /64; what is more is told 450 4.7.1."
                    + " trustedNetworks are exempt. 0 for no limit.");

    /** The most recipients of one message. */
    public static final Setting<Integer> MAX_RECIPIENTS = new Setting<>(
            "maxRecipients",
            new SettingType<>("0 or a whole number from 100 to 1000000", LimitSettings::readRecipients),
            "1000",
            "The most recipients of one message (RFC 5321 4.5.3.1.8: not under 100); what is more is told 452 4.5.3. 0 for no"
                    + " limit.");

    /** Errors of one session. */
    public static final Setting<Integer> MAX_ERRORS = new Setting<>(
            "maxErrors",
            SettingTypes.number(0, 1_000_000),
            "50",
            "The most commands refused for good (5yz) in a session since its last accepted message; then it is ended with 421"
                    + " 4.7.0. 0 for no limit.");

    /** Commands that are none. */
    public static final Setting<Integer> MAX_UNKNOWN_COMMANDS = new Setting<>(
            "maxUnknownCommands",
            SettingTypes.number(0, 1_000_000),
            "10",
            "The most lines of a session that are no command at all (500); then it is ended with 421 4.7.0. 0 for no limit.");

    /** How long to wait before the greeting. */
    public static final Setting<Duration> GREETING_DELAY = new Setting<>(
            "greetingDelay",
            SettingTypes.DURATION,
            "0",
            "How long the greeting waits for peers that are not in trustedNetworks, in seconds or with s, m, h. Who speaks before"
                    + " it is refused with 421 4.5.1. 0: it waits for nothing, and only who has spoken by then is refused.");

    /** Silence within content. */
    public static final Setting<Duration> CONTENT_IDLE_TIMEOUT = new Setting<>(
            "contentIdleTimeout",
            SettingTypes.DURATION,
            "5m",
            "How long a sender may keep silent within the content of a message, in seconds or with s, m, h. 0 for no limit.");

    /** Slow content. */
    public static final Setting<Long> MIN_DATA_RATE = new Setting<>(
            "minDataRate",
            SettingTypes.SIZE,
            "100",
            "The least octets a second at which the content of a message must come on average, from its second"
                    + " minute on. 0 for no limit.");

    /** All the time that content may take. */
    public static final Setting<Duration> MAX_DATA_TIME = new Setting<>(
            "maxDataTime",
            SettingTypes.DURATION,
            "4h",
            "The longest time that the content of one message may take to come, in seconds or with s, m, h. 0 for no limit.");

    /** How long a message waits for a bean or a thread. */
    public static final Setting<Duration> DELIVERY_WAIT = new Setting<>(
            "deliveryWait",
            SettingTypes.DURATION,
            "30s",
            "How long a message waits for a free bean and thread before its sender is told 451 4.3.2, in seconds or with s, m, h.");

    /** How long an application may think. */
    public static final Setting<Duration> DELIVERY_TIMEOUT = new Setting<>(
            "deliveryTimeout",
            SettingTypes.DURATION,
            "9m",
            "How long a bean may take for a message before its sender is told 451 4.3.2, in seconds or with s, m, h; senders wait"
                    + " 10 minutes (RFC 5321 4.5.3.2.6). What the bean does after that counts no more. 0 for no limit.");

    /** Load balancers. */
    public static final Setting<List<Network>> PROXY_NETWORKS = new Setting<>(
            "proxyNetworks",
            SettingTypes.listOf(Network.TYPE),
            "",
            "Networks of load balancers that begin each connection with a PROXY protocol header (version 1 or 2): the peer it"
                    + " names counts, for limits and trust too. Without that header they are not served; from all others it is"
                    + " an error.");

    static final List<Setting<?>> ALL = List.of(
            MAX_SESSIONS,
            MAX_SESSIONS_PER_ADDRESS,
            MAX_NEW_SESSIONS_PER_MINUTE,
            MAX_MESSAGES_PER_MINUTE,
            MAX_RECIPIENTS,
            MAX_ERRORS,
            MAX_UNKNOWN_COMMANDS,
            GREETING_DELAY,
            CONTENT_IDLE_TIMEOUT,
            MIN_DATA_RATE,
            MAX_DATA_TIME,
            DELIVERY_WAIT,
            DELIVERY_TIMEOUT,
            PROXY_NETWORKS);

    private static final int LEAST_RECIPIENTS = 100;
    private static final int MOST_RECIPIENTS = 1_000_000;

    private LimitSettings() {}

    private static int readRecipients(String text) {
        int number = Integer.parseInt(text);
        if (number != 0 && (number < LEAST_RECIPIENTS || number > MOST_RECIPIENTS)) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }
}
