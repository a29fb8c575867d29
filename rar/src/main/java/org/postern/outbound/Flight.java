package org.postern.outbound;

import java.time.Duration;
import java.util.List;

/**
 * What is written together, and what is awaited for it.
 *
 * @param commands command lines
 * @param content content behind the last of them; empty for none
 * @param replies how many replies will come
 * @param timeout how long the server may take for each of them
 */
record Flight(List<String> commands, List<byte[]> content, int replies, Duration timeout) {

    /** Commands that are each answered. */
    static Flight of(Duration timeout, List<String> commands) {
        return new Flight(commands, List.of(), commands.size(), timeout);
    }

    /** One command. */
    static Flight of(Duration timeout, String command) {
        return of(timeout, List.of(command));
    }

    /** Nothing is written, as it is the server's turn. */
    static Flight awaiting(Duration timeout) {
        return new Flight(List.of(), List.of(), 1, timeout);
    }
}
