package org.postern.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class ChatterTest {

    @Test
    void onlyTheKnownLinesAreDropped() {
        assertThat(isLogged("PayaraMicro", "Payara Micro STOPPED.")).isFalse();
        assertThat(isLogged("PayaraMicro", "--nosuch is not a valid command line switch"))
                .isTrue();
        assertThat(isLogged("org.postern", "Payara Micro STOPPED.")).isTrue();
    }

    @Test
    void theSameForWhatIsPrinted() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = Chatter.without(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
            out.println("JdbcRuntimeExtension,  getAllSystemRAResourcesAndPools = []");
            out.println("6.2025.10");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("6.2025.10");
    }

    private static boolean isLogged(String logger, String text) {
        LogRecord entry = new LogRecord(Level.WARNING, text);
        entry.setLoggerName(logger);
        return new Chatter().isLoggable(entry);
    }
}
