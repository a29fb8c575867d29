package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.container.TestClient;
import org.postern.management.CapturedLog;

/** Random dialogues with a fixed seed, over real connections, cut into writes at random. */
class FuzzTest {

    private static final int ROUNDS = 250;
    private static final int LARGEST_CHUNK = 60;
    private static final Pattern REPLY = Pattern.compile("[2-5]\\d\\d(?:[ -].*)?");
    private static final Pattern GREETS = Pattern.compile("greets token(\\d+)");

    private static final String[] TRICKS = {
        "\n",
        "\r",
        "\r\n",
        ".",
        "..",
        "\n.\n",
        "\n.\r\n",
        "\r.\r",
        "\r\n.\n",
        "\r\n.\r",
        "\u0000",
        "\r\n.\u0000\r\n",
        "x"
    };

    private static final String SMUGGLED =
            "MAIL FROM:<smuggled@client.example>\r\nRCPT TO:<a@accepted.example>\r\nDATA\r\nsmuggled\r\n";

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();
    private final Random random = new Random(20260102);
    /** Of all loggers: Netty tells what goes wrong in tasks. */
    private final CapturedLog log = new CapturedLog("");

    /** How a session begins. */
    enum Way {
        CLEAR,
        STARTTLS,
        IMPLICIT_TLS
    }

    static Stream<Arguments> waysAndSettings() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(BareNewline.values()).map(setting -> Arguments.of(way, setting)));
    }

    @AfterEach
    void noSessionShouldHaveFailed() {
        log.close();
        assertThat(log.failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("waysAndSettings")
    void oneMessageShouldNeverBecomeTwo(Way way, BareNewline setting) throws Exception {
        try (TestListener server = server(Map.of("bareNewline", setting.name()))) {
            for (int round = 0; round < ROUNDS; round++) {
                deliveries.taken.clear();
                boolean chunked = random.nextBoolean();
                String content = "Subject: x\r\n\r\n" + tricks() + SMUGGLED;
                try (TestClient client = greeted(server, way)) {
                    send(
                            client,
                            ENVELOPE + (chunked ? inChunks(content) : "DATA\r\n" + content + ".\r\n") + "QUIT\r\n");
                    List<String> replies = replies(client);
                    assertThat(replies).as(content).last().asString().startsWith("221 ");
                    boolean accepted = replies.stream().anyMatch(line -> line.endsWith(" Accepted"));
                    assertThat(deliveries.taken).as(content).hasSize(accepted ? 1 : 0);
                    if (!chunked) {
                        assertThat(replies).as(content).hasSize(7);
                        assertThat(replies.get(4)).startsWith("354 ");
                        assertThat(replies.get(5)).matches("(?:250 2.0.0|550 5.5.2) .*");
                    }
                }
                assertThat(deliveries.taken).allSatisfy(mail -> {
                    assertThat(mail.envelope().reversePathText()).isEqualTo("sender@client.example");
                    assertThat(mail.content().replace("\r\n", "")).doesNotContain("\r", "\n");
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void garbageShouldBeAnsweredInOrderToItsEnd(Way way) throws Exception {
        try (TestListener server = server(Map.of())) {
            for (int round = 0; round < ROUNDS; round++) {
                deliveries.taken.clear();
                String dialogue = garbage();
                try (TestClient client = greeted(server, way)) {
                    send(client, dialogue + "\r\n.\r\n" + "NOOP\r\n".repeat(LARGEST_CHUNK / 6 + 1) + "\r\nQUIT\r\n");
                    List<String> replies = replies(client);
                    assertThat(replies).as(dialogue).allMatch(line -> REPLY.matcher(line)
                            .matches());
                    // What cannot be told from content ends the session, and so does too much of it all.
                    assertThat(replies).as(dialogue).last().asString().matches("(?:221|421|50[01]) .*");
                    assertThat(tokens(replies)).as(dialogue).isSorted();
                    long accepted = replies.stream()
                            .filter(line -> line.endsWith(" Accepted"))
                            .count();
                    assertThat(deliveries.taken).as(dialogue).hasSize((int) accepted);
                }
            }
        }
    }

    private static final String ENVELOPE =
            "EHLO token0\r\nMAIL FROM:<sender@client.example>\r\nRCPT TO:<a@accepted.example>\r\n";

    private String tricks() {
        String text;
        do {
            StringBuilder tricks = new StringBuilder();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                tricks.append(TRICKS[random.nextInt(TRICKS.length)]);
            }
            text = tricks.toString();
        } while (("\r\n" + text).contains("\r\n.\r\n"));
        return text;
    }

    /** In chunks that end anywhere; the end of one message by DATA is content here. */
    private String inChunks(String content) {
        String text = content + ".\r\n" + SMUGGLED;
        StringBuilder chunks = new StringBuilder();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + random.nextInt(LARGEST_CHUNK));
            chunks.append("BDAT ").append(to - from).append("\r\n").append(text, from, to);
            from = to;
        }
        return chunks + "BDAT 0 LAST\r\n";
    }

    private String garbage() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            all.append(piece(i));
        }
        return all.toString();
    }

    private String piece(int number) {
        return switch (random.nextInt(14)) {
            case 0, 1 -> "EHLO token" + number + "\r\n";
            case 2 -> "MAIL FROM:<sender@client.example>\r\n";
            case 3, 4 -> "RCPT TO:<" + (random.nextBoolean() ? "ask" : "a") + "@accepted.example>\r\n";
            case 5 -> "DATA\r\n";
            case 6 -> ENVELOPE.replace("token0", "token" + number);
            case 7 -> {
                int size = random.nextInt(LARGEST_CHUNK);
                yield "BDAT " + size + (random.nextBoolean() ? " LAST" : "") + "\r\n" + "x".repeat(size);
            }
            case 8 -> "BDAT " + random.nextInt(LARGEST_CHUNK) + "\r\nRSET\r\n";
            case 9 -> "RSET\r\n";
            case 10 -> "\r\n.\r\n";
            case 11 -> tricks();
            case 12 -> "x".repeat(random.nextInt(3_000)) + "\r\n";
            default -> "NOOP \u00e4\r\n";
        };
    }

    private TestListener server(Map<String, String> configured) throws IOException {
        var values = new HashMap<>(configured);
        values.put("implicitTlsPort", "0");
        return new TestListener(folder, deliveries, values);
    }

    private static TestClient greeted(TestListener server, Way way) throws IOException {
        TestClient client = server.greet(way == Way.IMPLICIT_TLS);
        if (way == Way.STARTTLS) {
            assertThat(client.ask("STARTTLS")).startsWith("220 ");
            client.tls();
        }
        return client;
    }

    private void send(TestClient client, String text) throws IOException {
        int from = 0;
        while (from < text.length()) {
            int to = random.nextInt(4) == 0 ? text.length() : Math.min(text.length(), from + 1 + random.nextInt(80));
            client.send(text.substring(from, to));
            from = to;
        }
    }

    /** The line of each reply that tells it from others, up to the end of the connection. */
    private static List<String> replies(TestClient client) throws IOException {
        List<String> replies = new ArrayList<>();
        for (String line = client.line(); line != null; line = client.line()) {
            // Of the reply to EHLO the first line names who said it.
            if (line.length() < 4
                    || line.charAt(3) != '-'
                    || GREETS.matcher(line).find()) {
                replies.add(line);
            }
        }
        return replies;
    }

    private static List<Integer> tokens(List<String> replies) {
        List<Integer> tokens = new ArrayList<>();
        for (String line : replies) {
            Matcher matcher = GREETS.matcher(line);
            if (matcher.find()) {
                tokens.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return tokens;
    }
}
