package org.postern.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/**
 * Keeps the log alive until the end. The JDK's manager closes all handlers in a shutdown hook of its own, which runs beside the
 * server's: what the adapter logs while it stops would be lost.
 */
public final class Logs extends LogManager {
    private boolean reading;

    /** Called by the JDK, which finds the class by the system property {@code java.util.logging.manager}. */
    public Logs() {}

    /** Until Payara Micro reads its copy of the same file. */
    static void configure() throws IOException {
        try (InputStream file = ClassLoader.getSystemResourceAsStream("MICRO-INF/domain/logging.properties")) {
            if (file != null) {
                getLogManager().readConfiguration(file);
            }
        }
    }

    @Override
    public void readConfiguration(InputStream file) throws IOException {
        reading = true;
        try {
            super.readConfiguration(file);
        } finally {
            reading = false;
        }
    }

    /** Only as a step of reading a new configuration. */
    @Override
    public void reset() {
        if (reading) {
            super.reset();
        }
    }
}
