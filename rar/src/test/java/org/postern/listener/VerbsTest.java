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

/** Each verb at each stage of a session and at each level, before and after TLS; and what EHLO announces is what is then accepted. */
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

    /** How far a session has come when a verb is said. */
    private enum Stage {
        FIRST,
        AFTER_HELLO("EHLO client.example"),
        AFTER_MAIL("EHLO client.example", "MAIL FROM:<a@b.example>"),
        AFTER_RCPT("EHLO client.example", "MAIL FROM:<a@b.example>", "RCPT TO:<a@accepted.example>");

        private final List<String> before;

        Stage(String... before) {
            this.before = List.of(before);
        }

        boolean hasTransaction() {
            return this == AFTER_MAIL || this == AFTER_RCPT;
        }
    }

    /** What is answered at each stage of a session, in clear where it is allowed, and over TLS. */
    private enum Line {
        EHLO("EHLO client.example", true, 250),
        HELO("HELO client.example", true, 250),
        STARTTLS("STARTTLS", true, 503),
        MAIL("MAIL FROM:<c@d.example>", false, 503, 250, 503, 503),
        RCPT("RCPT TO:<c@accepted.example>", false, 503, 503, 250, 250),
        DATA("DATA", false, 503, 503, 554, 354),
        BDAT("BDAT 0 LAST", false, 503, 503, 554, 250),
        RSET("RSET", true, 250),
        NOOP("NOOP", true, 250),
        VRFY("VRFY a", false, 252),
        HELP("HELP", false, 214),
        EXPN("EXPN a", false, 502),
        AUTH("AUTH PLAIN", false, 502),
        ETRN("ETRN b.example", false, 502),
        TURN("TURN", false, 502),
        ATRN("ATRN b.example", false, 502),
        SEND("SEND FROM:<c@d.example>", false, 502),
        SOML("SOML FROM:<c@d.example>", false, 502),
        SAML("SAML FROM:<c@d.example>", false, 502),
        UNKNOWN("XYZ", false, 500),
        QUIT("QUIT", true, 221);

        private final String text;
        private final boolean beforeTls;
        private final int[] codes;

        Line(String text, boolean beforeTls, int... codes) {
            this.text = text;
            this.beforeTls = beforeTls;
            this.codes = codes;
        }

        /** {@return the code where nothing is said of TLS} */
        private int code(Stage stage) {
            return codes.length == 1 ? codes[0] : codes[stage.ordinal()];
        }

        String inClear(Stage stage, ServerLevel level) {
            if (this == STARTTLS) {
                return level == ServerLevel.NONE ? "502 5.5.1 " : "220 2.0.0 ";
            }
            return level == ServerLevel.REQUIRE && !beforeTls ? "530 5.7.0 " : code(stage) + " ";
        }

        String overTls(Stage stage) {
            return code(stage) + " ";
        }
    }

    @ParameterizedTest
    @MethodSource("inClear")
    void verbInClearShouldBeAnsweredAsTheLevelSays(Line line, Stage stage, ServerLevel level) throws Exception {
        try (TestClient client = client(level)) {
            proceed(client, stage);
            assertThat(client.ask(line.text)).startsWith(line.inClear(stage, level));
        }
    }

    @ParameterizedTest
    @MethodSource("overTls")
    void verbOverTlsShouldBeAnsweredAlikeAtAllLevels(Line line, Stage stage, ServerLevel level) throws Exception {
        try (TestClient client = client(level)) {
            client.ask("STARTTLS");
            client.tls();
            proceed(client, stage);
            assertThat(client.ask(line.text)).startsWith(line.overTls(stage));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_HELLO", "AFTER_MAIL", "AFTER_RCPT"})
    void whatWasSaidInClearShouldCountForNothingOverTls(Stage stage) throws Exception {
        for (Line line : List.of(Line.MAIL, Line.RCPT, Line.DATA, Line.BDAT)) {
            try (TestClient client = client(ServerLevel.ATTEMPT)) {
                proceed(client, stage);
                client.ask("STARTTLS");
                client.tls();
                assertThat(client.ask(line.text)).startsWith(line.overTls(Stage.FIRST));
            }
        }
    }

    @Test
    void matrixShouldHaveEveryVerbThatIsCarriedOut() throws Exception {
        try (TestClient client = client(ServerLevel.ATTEMPT)) {
            client.send("HELP\r\n");
            String verbs = client.line().substring("214-2.0.0 Commands: ".length());
            assertThat(Stream.of(Line.values()).map(Line::name)).contains(verbs.split(" "));
        }
    }

    /** No transaction can begin in clear where TLS is required. */
    static Stream<Arguments> inClear() {
        return all().filter(row -> row.get()[2] != ServerLevel.REQUIRE || !((Stage) row.get()[1]).hasTransaction());
    }

    static Stream<Arguments> overTls() {
        return all().filter(row -> row.get()[2] != ServerLevel.NONE);
    }

    private static Stream<Arguments> all() {
        return Stream.of(Line.values()).flatMap(line -> Stream.of(Stage.values())
                .flatMap(stage -> Stream.of(ServerLevel.values()).map(level -> Arguments.of(line, stage, level))));
    }

    private static void proceed(TestClient client, Stage stage) throws IOException {
        for (String line : stage.before) {
            assertThat(client.ask(line)).startsWith("250 ");
        }
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
