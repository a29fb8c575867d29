package org.postern.outbound;

import java.time.Duration;
import org.postern.administration.SettingValues;

/**
 * How long a connection waits, as its settings were when it was asked for; {@link OutboundSettings} has the meanings.
 *
 * @param connect for a TCP connection
 * @param greeting for the greeting
 * @param command for the reply to a command
 * @param data for the reply to DATA
 * @param block for a piece of content to be taken
 * @param end for the reply to content
 * @param idleCheck how long a kept connection is trusted without use
 * @param lifetime how long a connection is kept
 */
public record Timeouts(
        Duration connect,
        Duration greeting,
        Duration command,
        Duration data,
        Duration block,
        Duration end,
        Duration idleCheck,
        Lifetime lifetime) {

    /** {@return the timeouts in force} */
    public static Timeouts of(SettingValues values) {
        return new Timeouts(
                values.get(OutboundSettings.CONNECT_TIMEOUT),
                values.get(OutboundSettings.GREETING_TIMEOUT),
                values.get(OutboundSettings.COMMAND_TIMEOUT),
                values.get(OutboundSettings.DATA_TIMEOUT),
                values.get(OutboundSettings.BLOCK_TIMEOUT),
                values.get(OutboundSettings.END_TIMEOUT),
                values.get(OutboundSettings.IDLE_CHECK),
                new Lifetime(values.get(OutboundSettings.MAX_MESSAGES), values.get(OutboundSettings.MAX_AGE)));
    }
}
