package org.postern.listener;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postern.administration.Setting;
import org.postern.administration.SettingTypes;

/** The settings of the listener. */
public final class ListenerSettings {

    /** Where to listen. */
    public static final Setting<List<String>> HOST = new Setting<>(
            "host",
            SettingTypes.listOf(SettingTypes.TEXT),
            "0.0.0.0",
            "Addresses or host names to listen on, separated by commas; IPv6 too. 0.0.0.0 or :: stand for all.");

    /** The port that begins in clear. */
    public static final Setting<Integer> PORT = new Setting<>(
            "port", SettingTypes.PORT, "2525", "The TCP port of SMTP, with STARTTLS. 0 takes any free one.");

    /** The port that begins with TLS (RFC 8314). */
    public static final Setting<Optional<Integer>> IMPLICIT_TLS_PORT = new Setting<>(
            "implicitTlsPort",
            SettingTypes.optional(SettingTypes.PORT),
            "",
            "The TCP port on which TLS begins with the first byte (RFC 8314), such as 4465. Empty for none, 0 for any free one.");

    /** The largest message (RFC 1870). */
    public static final Setting<Long> MAX_MESSAGE_SIZE = new Setting<>(
            "maxMessageSize",
            SettingTypes.SIZE,
            "20M",
            "The largest message taken, in octets, or with K, M or G (RFC 1870). 0 for no limit.");

    /** How long a session may keep silent (RFC 5321 section 4.5.3.2.7). */
    public static final Setting<Duration> IDLE_TIMEOUT = new Setting<>(
            "idleTimeout",
            SettingTypes.DURATION,
            "5m",
            "How long a session may take for its next command before it is ended with 421 4.4.2 (RFC 5321 4.5.3.2.7: five minutes), in"
                    + " seconds or with s, m, h. 0 for no limit.");

    /** What becomes of content with line ends other than CRLF. */
    public static final Setting<Optional<BareNewline>> BARE_NEWLINE = new Setting<>(
            "bareNewline",
            SettingTypes.optional(SettingTypes.choice(BareNewline.class)),
            "",
            "What becomes of a message with a bare CR or LF: REJECT (550 5.5.2) or NORMALIZE (made CRLF). Empty: NORMALIZE for"
                    + " trustedNetworks, REJECT for all others (SMTP smuggling, 2023).");

    /** Who may send to any domain. */
    public static final Setting<List<Network>> TRUSTED_NETWORKS = new Setting<>(
            "trustedNetworks",
            SettingTypes.listOf(Network.TYPE),
            "127.0.0.0/8, ::1",
            "Networks whose mail is taken for any domain; all others may send to acceptedDomains only. Behind NAT or a proxy every"
                    + " peer may look like one of these.");

    /** How much content is held in memory. */
    public static final Setting<Long> MESSAGE_MEMORY = new Setting<>(
            "messageMemory",
            SettingTypes.SIZE,
            "64M",
            "Memory for all messages on their way in together; what is more goes to files of the data directory. In octets, or"
                    + " with K, M or G.");

    private static final List<Setting<?>> OWN = List.of(
            HOST,
            PORT,
            IMPLICIT_TLS_PORT,
            MAX_MESSAGE_SIZE,
            IDLE_TIMEOUT,
            BARE_NEWLINE,
            TRUSTED_NETWORKS,
            MESSAGE_MEMORY);

    /** All of them, limits included. */
    public static final List<Setting<?>> ALL =
            Stream.of(OWN, LimitSettings.ALL).<Setting<?>>flatMap(List::stream).toList();

    private ListenerSettings() {}
}
