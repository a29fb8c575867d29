package org.postern.gateway;

import java.time.Clock;

/**
 * Names files as Maildir does: time, unique part and host.
 *
 * @param clock tells the time
 * @param hostName tells those apart who share a disk
 */
record MaildirNames(Clock clock, String hostName) {

    /**
     * {@return the name for a message}
     *
     * @param id unique here
     */
    String of(String id) {
        return clock.instant().getEpochSecond() + "." + FileNames.encode(id) + "." + FileNames.encode(hostName);
    }
}
