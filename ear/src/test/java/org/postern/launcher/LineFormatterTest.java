package org.postern.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
    private final LineFormatter formatter = new LineFormatter();

    @Test
    void posternSpeaksWithoutALoggersName() {
        assertThat(line("org.postern.listener.Listener", Level.INFO, "Listening on 0.0.0.0:2525."))
                .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d INFO  Listening on 0\\.0\\.0\\.0:2525\\.\\R");
    }

    @Test
    void othersAreNamed() {
        assertThat(line("com.example.Pool", Level.WARNING, "empty")).endsWith(" WARN  [com.example.Pool] empty\n");
        assertThat(line("org.posterns", Level.SEVERE, "lost")).endsWith(" ERROR [org.posterns] lost\n");
    }

    @Test
    void textFromAPeerCannotForgeALine() {
        assertThat(line("org.postern", Level.INFO, "refused <a\r\n2026-11-24 08:00:17 INFO  accepted>"))
                .endsWith("refused <a 2026-11-24 08:00:17 INFO  accepted>\n")
                .hasLineCount(1);
    }

    @Test
    void aCauseTakesOneLineHoweverDeep() {
        LogRecord entry = entry("org.postern", Level.WARNING, "not sent");
        entry.setThrown(new IllegalStateException("outer", new IOException("Connection\nreset")));
        assertThat(formatter.format(entry).lines())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("    java.io.IOException: Connection reset at LineFormatterTest.aCauseTakesOneLine");
    }

    private String line(String logger, Level level, String text) {
        return formatter.format(entry(logger, level, text)).replace(System.lineSeparator(), "\n");
    }

    private static LogRecord entry(String logger, Level level, String text) {
        LogRecord entry = new LogRecord(level, text);
        entry.setLoggerName(logger);
        return entry;
    }
}
