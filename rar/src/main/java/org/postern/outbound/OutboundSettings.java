package org.postern.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postern.NextHop;
import org.postern.administration.Setting;
import org.postern.administration.SettingType;
import org.postern.administration.SettingTypes;

/** Settings of the client. The defaults are the least that RFC 5321 section 4.5.3.2 asks for. */
public final class OutboundSettings {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration GREATEST = Duration.ofDays(1);

    private static final SettingType<Duration> TIMEOUT = new SettingType<>(
            "a time from 1 second to 1 day, in seconds or such as 90s or 5m", OutboundSettings::readTimeout);

    /** How long a connection may take to be made. */
    public static final Setting<Duration> CONNECT_TIMEOUT = new Setting<>(
            "clientConnectTimeout",
            TIMEOUT,
            "30s",
            "How long the TCP connection to one address of a server may take to be made, in seconds.");

    /** How long a server may take to greet. */
    public static final Setting<Duration> GREETING_TIMEOUT = new Setting<>(
            "clientGreetingTimeout",
            TIMEOUT,
            "5m",
            "How long a server may take to send its greeting, in seconds (RFC 5321 4.5.3.2.1).");

    /** How long a server may take to answer a command. */
    public static final Setting<Duration> COMMAND_TIMEOUT = new Setting<>(
            "clientCommandTimeout",
            TIMEOUT,
            "5m",
            "How long a server may take to answer EHLO, STARTTLS, MAIL or RCPT, in seconds (RFC 5321 4.5.3.2.2).");

    /** How long a server may take to ask for content. */
    public static final Setting<Duration> DATA_TIMEOUT = new Setting<>(
            "clientDataTimeout",
            TIMEOUT,
            "2m",
            "How long a server may take to answer DATA, in seconds (RFC 5321 4.5.3.2.4).");

    /** How long a server may take no content. */
    public static final Setting<Duration> BLOCK_TIMEOUT = new Setting<>(
            "clientBlockTimeout",
            TIMEOUT,
            "3m",
            "How long a server may take to receive a piece of content of 256 KiB, in seconds (RFC 5321 4.5.3.2.5).");

    /** How long a server may take to answer content. */
    public static final Setting<Duration> END_TIMEOUT = new Setting<>(
            "clientEndTimeout",
            TIMEOUT,
            "10m",
            "How long a server may take to answer the end of the content, in seconds (RFC 5321 4.5.3.2.6). A shorter time"
                    + " makes duplicates where a slow server had taken the message all the same.");

    /** After how long a connection is tried out before it is used again. */
    public static final Setting<Duration> IDLE_CHECK = new Setting<>(
            "clientIdleCheck",
            TIMEOUT,
            "5s",
            "After how long without use a kept connection is tried out with RSET before the next message, in seconds.");

    /** How many messages a connection is used for. */
    public static final Setting<Integer> MAX_MESSAGES = new Setting<>(
            "clientMaxMessages",
            SettingTypes.number(0, 1_000_000),
            "100",
            "After how many messages a connection to a server is given up and another made; 0 for no limit. Some servers"
                    + " answer 421 or slow down beyond a number of their own.");

    /** How long a connection is used. */
    public static final Setting<Duration> MAX_AGE = new Setting<>(
            "clientMaxAge",
            SettingTypes.DURATION,
            "10m",
            "How long after it was made a connection to a server is used for new messages, in seconds; 0 for no limit.");

    /** How long a dead address is passed over at first. */
    public static final Setting<Duration> DEAD_PAUSE = new Setting<>(
            "deadHostPause",
            SettingTypes.DURATION,
            "30s",
            "How long an address that gave no connection or no greeting is passed over, in seconds; then one message tries it"
                    + " while the others still pass it over. The time doubles with each failure in a row. 0: it is tried again at"
                    + " once.");

    /** How long a dead address is passed over at most. */
    public static final Setting<Duration> DEAD_PAUSE_MOST = new Setting<>(
            "deadHostMaxPause",
            SettingTypes.DURATION,
            "15m",
            "How long an address that gave no connection or no greeting is passed over at most, in seconds.");

    /** How long more than one message waits for a silent address. */
    public static final Setting<Duration> SILENT_WAIT = new Setting<>(
            "silentHostWait",
            SettingTypes.DURATION,
            "10s",
            "How long an address may greet nobody before only the message that has waited longest goes on waiting for it, up to"
                    + " clientGreetingTimeout, while the others pass it over, in seconds. So a silent server cannot hold all"
                    + " connections of a pool. 0: all wait for as long.");

    /** Where all mail goes that no route and no policy says otherwise of. */
    public static final Setting<Optional<NextHop>> NEXT_HOP = new Setting<>(
            "nextHop",
            SettingTypes.optional(
                    new SettingType<>("a next hop such as mail.example.org:25 or lmtp:[::1]:24", NextHop::parse)),
            "",
            "The server that mail for all other domains is handed to: host, host:port or [IPv6 address]:port, the port is 25"
                    + " where none is given; lmtp: in front for LMTP. Empty: the servers that each domain names in its MX"
                    + " records.");

    /** The port of servers that domains name. */
    public static final Setting<Integer> MX_PORT = new Setting<>(
            "mxPort",
            SettingTypes.number(1, 65_535),
            "25",
            "The port of the servers that domains name in their MX records. All of the Internet has them at 25 (RFC 5321"
                    + " 4.5.4.2); another is for closed networks.");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(
            NEXT_HOP,
            MX_PORT,
            CONNECT_TIMEOUT,
            GREETING_TIMEOUT,
            COMMAND_TIMEOUT,
            DATA_TIMEOUT,
            BLOCK_TIMEOUT,
            END_TIMEOUT,
            IDLE_CHECK,
            MAX_MESSAGES,
            MAX_AGE,
            DEAD_PAUSE,
            DEAD_PAUSE_MOST,
            SILENT_WAIT);

    private OutboundSettings() {}

    private static Duration readTimeout(String text) {
        Duration value = SettingTypes.DURATION.reader().apply(text);
        if (value.compareTo(LEAST) < 0 || value.compareTo(GREATEST) > 0) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }
}
