package org.postern.bench;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody who sends and is measured. */
interface OutboundSender extends AutoCloseable {

    /** {@return its name in the table} */
    String name();

    /** {@return whether it can send so} */
    default boolean can(Way way) {
        return true;
    }

    /** {@return whether it gets faster by being used} */
    default boolean warmsUp() {
        return true;
    }

    /** {@return how many messages it sends in a round} */
    default int messages(Way way) {
        return way.messages();
    }

    /** {@return which share of its handshakes it has to resume at least where it is asked to resume all} */
    default double resumedShare() {
        return 0.9;
    }

    /**
     * Sends messages, and waits until all have been taken.
     *
     * @param way how
     * @param port where the sink listens
     * @param message a file with the message
     * @param count how many
     * @return what they cost
     */
    Round send(Way way, int port, Path message, int count) throws IOException;

    @Override
    void close() throws IOException;
}
