package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.container.TestClient;
import org.postern.tls.ServerLevel;

/** Each verb at each level, before and after TLS; and what EHLO announces is what is then accepted. */
class VerbsTest {

    @TempDir
    static Path folder;

    private static final Map<ServerLevel, TestListener> SERVERS = new EnumMap<>(ServerLevel.class);

    @BeforeAll
    static void open() throws IOException {
        for (ServerLevel level : ServerLevel.values()) {
            Map<String, String> configured = Map.of("serverTlsLevel", level.name());
            SERVERS.put(level, new TestListener(folder.resolve(level.name()), new TestDeliveries(), configured));
        }
    }

    @AfterAll
    static void close() {
        SERVERS.values().forEach(TestListener::close);
        SERVERS.clear();
    }

    /** What is answered first in a session, in clear where it is allowed, and over TLS. */
    private enum Line {
        EHLO("EHLO client.example", 250, true),
        HELO("HELO client.example", 250, true),
        MAIL("MAIL FROM:<a@b.example>", 503, false),
        RCPT("RCPT TO:<a@accepted.example>", 503, false),
        DATA("DATA", 503, false),
        BDAT("BDAT 0 LAST", 503, false),
        RSET("RSET", 250, true),
        NOOP("NOOP", 250, true),
        VRFY("VRFY a", 252, false),
        HELP("HELP", 214, false),
        EXPN("EXPN a", 502, false),
        AUTH("AUTH PLAIN", 502, false),
        UNKNOWN("XYZ", 500, false),
        QUIT("QUIT", 221, true);

        private final String text;
        private final int code;
        private final boolean beforeTls;

        Line(String text, int code, boolean beforeTls) {
            this.text = text;
            this.code = code;
            this.beforeTls = beforeTls;
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void verbShouldBeAnsweredAsTheLevelSays(Line line, ServerLevel level) throws Exception {
        try (TestClient client = client(level)) {
            boolean refused = level == ServerLevel.REQUIRE && !line.beforeTls;
            assertThat(client.ask(line.text)).startsWith(refused ? "530 5.7.0 " : line.code + " ");
        }
        if (level != ServerLevel.NONE) {
            try (TestClient client = client(level)) {
                client.ask("STARTTLS");
                client.tls();
                assertThat(client.ask(line.text)).startsWith(line.code + " ");
            }
        }
    }

    static Stream<Arguments> all() {
        return Stream.of(Line.values())
                .flatMap(line -> Stream.of(ServerLevel.values()).map(level -> Arguments.of(line, level)));
    }

    @ParameterizedTest
    @EnumSource
    void announcedShouldBeAccepted(ServerLevel level) throws Exception {
        try (TestClient client = client(level)) {
            List<String> inClear = announced(client);
            if (inClear.contains("STARTTLS")) {
                if (level != ServerLevel.REQUIRE) {
                    acceptAll(client, inClear);
                }
                assertThat(client.ask("STARTTLS")).startsWith("220 ");
                client.tls();
                acceptAll(client, announced(client));
            } else {
                acceptAll(client, inClear);
            }
        }
    }

    @Test
    void nothingThatMailNeedsShouldBeAnnouncedWhileTlsIsMissing() throws Exception {
        try (TestClient client = client(ServerLevel.REQUIRE)) {
            assertThat(announced(client)).containsExactly("PIPELINING", "ENHANCEDSTATUSCODES", "STARTTLS");
        }
    }

    private static void acceptAll(TestClient client, List<String> announced) throws IOException {
        for (String line : announced) {
            switch (line.split(" ")[0]) {
                case "SIZE" -> accept(client, "MAIL FROM:<a@b.example> SIZE=1000000", "250");
                case "8BITMIME" -> accept(client, "MAIL FROM:<a@b.example> BODY=8BITMIME", "250");
                case "SMTPUTF8" -> accept(client, "MAIL FROM:<\u00e4@b.example> SMTPUTF8", "250");
                case "DSN" -> accept(client, "MAIL FROM:<a@b.example> RET=FULL ENVID=1", "250");
                case "ENHANCEDSTATUSCODES" -> accept(client, "NOOP", "250 2.");
                case "STARTTLS" -> accept(client, "HELP STARTTLS", "214");
                case "PIPELINING" -> accept(client, "NOOP\r\nNOOP", "250 ");
                case "LIMITS" -> assertThat(line).isEqualTo("LIMITS RCPTMAX=1000");
                case "CHUNKING" ->
                    accept(client, "MAIL FROM:<>\r\nRCPT TO:<a@accepted.example>\r\nBDAT 2 LAST\r\n", "250 ");
                default ->
                    assertThat(line).as("an extension that this test knows").isEmpty();
            }
            client.ask("NOOP");
        }
    }

    private static void accept(TestClient client, String lines, String expected) throws IOException {
        client.send("RSET\r\n" + lines + "\r\n");
        client.reply();
        for (int i = lines.stripTrailing().split("\r\n").length; i > 0; i--) {
            assertThat(client.reply()).as(lines).startsWith(expected);
        }
    }

    private static List<String> announced(TestClient client) throws IOException {
        client.send("EHLO client.example\r\n");
        List<String> lines = new ArrayList<>();
        client.line();
        String line;
        do {
            line = client.line();
            lines.add(line.substring(4));
        } while (line.charAt(3) == '-');
        return lines;
    }

    private static TestClient client(ServerLevel level) throws IOException {
        TestClient client = new TestClient(SERVERS.get(level).address(), false);
        client.reply();
        return client;
    }
}
