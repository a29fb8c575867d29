package org.postern.management;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What goes to a logger while it is open. */
final class CapturedLog extends Handler implements AutoCloseable {

    final List<String> lines = new ArrayList<>();
    private final Logger logger;

    CapturedLog(String name) {
        logger = Logger.getLogger(name);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
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
