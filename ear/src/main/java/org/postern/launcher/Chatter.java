package org.postern.launcher;

import java.io.PrintStream;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Drops what Payara Micro says at every start or stop and what asks for nothing: each by its logger and first words. */
public final class Chatter implements Filter {
    private static final List<Known> KNOWN = List.of(
            // It unpacks itself there at every start, and removes it at the end; --rootdir names another place.
            new Known("PayaraMicro", "Payara Micro Runtime directory is located in a temporary file location"),
            // Its shutdown hook opens its logger for this one, whatever the configuration says.
            new Known("PayaraMicro", "Payara Micro STOPPED"),
            // Some authorities in the trust store that it ships have expired; expired ones verify nobody.
            new Known("javax.enterprise.system.security.ssl", "The SSL certificate with alias"),
            // It looks for the text of a message among its files when it has removed them already.
            new Known("javax.enterprise.system.util", "Error in local string manager"));

    /** It prints this past its log, when it stops. */
    private static final String PRINTED = "JdbcRuntimeExtension,";

    private static final LineFormatter TEXT = new LineFormatter();

    private record Known(String logger, String start) {
        boolean is(LogRecord entry) {
            return logger.equals(entry.getLoggerName()) && TEXT.message(entry).startsWith(start);
        }
    }

    /** Called by the JDK, which finds the class in the logging configuration. */
    public Chatter() {}

    @Override
    public boolean isLoggable(LogRecord entry) {
        return KNOWN.stream().noneMatch(known -> known.is(entry));
    }

    /** The same for what is printed past the log. */
    static PrintStream without(PrintStream out) {
        return new PrintStream(out, true) {
            @Override
            public void println(String text) {
                if (text == null || !text.startsWith(PRINTED)) {
                    super.println(text);
                }
            }
        };
    }
}
