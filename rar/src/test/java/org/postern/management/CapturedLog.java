package org.postern.management;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What goes to a logger while it is open. */
public final class CapturedLog extends Handler implements AutoCloseable {

    /** Its lines so far. */
    public final List<String> lines = new CopyOnWriteArrayList<>();

    /** What was thrown, where a line tells of that. */
    public final List<Throwable> failures = new CopyOnWriteArrayList<>();

    private final Logger logger;

    /** Takes what goes to a logger, in place of its handlers. */
    public CapturedLog(String name) {
        logger = Logger.getLogger(name);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getThrown() != null) {
            failures.add(entry.getThrown());
        }
        Object[] parameters = entry.getParameters();
        lines.add(parameters == null ? entry.getMessage() : MessageFormat.format(entry.getMessage(), parameters));
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
