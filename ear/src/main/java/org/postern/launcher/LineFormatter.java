package org.postern.launcher;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** {@code 2026-11-24 08:00:17 INFO  message}; what others than Postern say has the logger's name in front. */
public final class LineFormatter extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int FRAMES = 6;
    private static final int CAUSES = 5;

    /** Called by the JDK and by Payara Micro, which find the class in the logging configuration. */
    public LineFormatter() {}

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder();
        TIME.formatTo(entry.getInstant().atZone(ZoneId.systemDefault()), line);
        line.append(String.format(" %-5s ", name(entry.getLevel())));
        String logger = entry.getLoggerName();
        if (logger != null && !(logger.equals("org.postern") || logger.startsWith("org.postern."))) {
            line.append('[').append(logger).append("] ");
        }
        line.append(message(entry)).append(System.lineSeparator());
        appendCauses(line, entry.getThrown());
        return line.toString();
    }

    /** The text on one line. The server logs keys of a bundle that it gave to the logger, not to the record. */
    String message(LogRecord entry) {
        if (entry.getResourceBundle() == null && entry.getLoggerName() != null) {
            Logger logger = LogManager.getLogManager().getLogger(entry.getLoggerName());
            if (logger != null) {
                entry.setResourceBundle(logger.getResourceBundle());
            }
        }
        return oneLine(formatMessage(entry));
    }

    /** As {@link System.Logger} names them, which is what Postern's own code says. */
    private static String name(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        if (value >= Level.INFO.intValue()) {
            return "INFO";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    /** A line per cause: what, and the innermost calls. */
    private static void appendCauses(StringBuilder line, Throwable thrown) {
        int count = 0;
        for (Throwable cause = thrown; cause != null && count < CAUSES; cause = cause.getCause(), count++) {
            String calls = Arrays.stream(cause.getStackTrace())
                    .limit(FRAMES)
                    .map(LineFormatter::call)
                    .collect(Collectors.joining(" < "));
            line.append("    ").append(oneLine(cause.toString())).append(" at ").append(calls);
            line.append(System.lineSeparator());
        }
    }

    private static String call(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + '.' + frame.getMethodName() + ':' + frame.getLineNumber();
    }

    /** A record's text may hold what a peer sent: it must not forge a line of the log. */
    private static String oneLine(String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*[\\r\\n]\\s*", " ");
    }
}
