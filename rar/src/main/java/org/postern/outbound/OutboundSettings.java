package org.postern.outbound;

import java.time.Duration;
import java.util.List;
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

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(
            CONNECT_TIMEOUT, GREETING_TIMEOUT, COMMAND_TIMEOUT, DATA_TIMEOUT, BLOCK_TIMEOUT, END_TIMEOUT, IDLE_CHECK);

    private OutboundSettings() {}

    private static Duration readTimeout(String text) {
        Duration value = SettingTypes.DURATION.reader().apply(text);
        if (value.compareTo(LEAST) < 0 || value.compareTo(GREATEST) > 0) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }
}
