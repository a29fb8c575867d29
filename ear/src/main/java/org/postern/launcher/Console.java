package org.postern.launcher;

import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;

/** Writes each record to standard output at once, a line each. */
public final class Console extends StreamHandler {

    /** Called by the JDK, which finds the class in the logging configuration. */
    public Console() {
        super(System.out, new LineFormatter());
        setFilter(new Chatter());
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        super.publish(entry);
        flush();
    }

    /** Standard output stays open. */
    @Override
    public synchronized void close() {
        flush();
    }
}
