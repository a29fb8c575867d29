package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Reply;
import org.postern.container.TestClient;
import org.postern.management.CapturedLog;

/** One line for each message and each refusal, which a program can take apart and no peer can forge. */
class JournalTest {

    private static final Pattern PAIR = Pattern.compile(" ([a-z-]+)=(\"[^\"\\p{Cntrl}]*\"|[^ \"\\p{Cntrl}]*)");
    private static final Pattern LINE = Pattern.compile("(accepted|refused|tls-failure|unheard)((?:" + PAIR + ")+)");

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();
    private final CapturedLog log = new CapturedLog("org.postern.mail");

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void acceptedMessageShouldHaveOneLineWithAllFacts() throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of());
                TestClient client = connect(server)) {
            client.ask("STARTTLS");
            var tls = client.tls().getSession();
            String reply = client.message("a@accepted.example", "Message-ID: <1@client.example>\r\n\r\ntext\r\n");
            Map<String, String> line = only();
            assertThat(line)
                    .containsEntry("", "accepted")
                    .containsEntry("helo", "client.example")
                    .containsEntry("tls", tls.getProtocol() + "/" + tls.getCipherSuite())
                    .containsEntry("verdict", "NONE_SHOWN")
                    .containsEntry("from", "<sender@client.example>")
                    .containsEntry("to", "<a@accepted.example>")
                    .containsEntry("message-id", "\"<1@client.example>\"")
                    .containsEntry("reply", "\"" + reply + "\"")
                    .containsKeys("session", "id", "peer", "ms");
            assertThat(Long.parseLong(line.get("size"))).isGreaterThan(40);
            assertThat(deliveries.taken.get(0).content()).contains(" id " + line.get("id"));
        }
    }

    @Test
    void eachRefusalShouldHaveOneLine() throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of("maxMessageSize", "1K"));
                TestClient client = connect(server)) {
            client.ask("DATA");
            assertThat(only()).containsEntry("command", "\"DATA\"").containsEntry("helo", "-");
            client.ask("EHLO client.example");
            client.ask("MAIL FROM:<sender@client.example>");
            client.ask("RCPT TO:<a@elsewhere.example>");
            assertThat(only())
                    .containsEntry("", "refused")
                    .containsEntry("from", "<sender@client.example>")
                    .containsEntry("command", "\"RCPT TO:<a@elsewhere.example>\"")
                    .containsEntry("reply", "\"550 5.7.1 Not relayed\"");
            client.ask("RCPT TO:<a@accepted.example>");
            client.ask("DATA");
            client.send("x".repeat(2_000) + "\r\n.\r\n");
            assertThat(client.reply()).startsWith("552");
            assertThat(only())
                    .containsEntry("", "refused")
                    .containsEntry("to", "<a@accepted.example>")
                    .containsKeys("id", "size", "reply");
            client.ask("BDAT 0 LAST");
            assertThat(only()).containsEntry("command", "\"BDAT\"");
        }
    }

    @Test
    void refusalOfTheApplicationShouldHaveOneLine() throws Exception {
        deliveries.answer = mail -> new Reply(550, "5.7.1", "Not \"for\" you");
        try (TestListener server = new TestListener(folder, deliveries, Map.of());
                TestClient client = connect(server)) {
            client.message("a@accepted.example", "text\r\n");
            assertThat(only()).containsEntry("reply", "\"550 5.7.1 Not \\u0022for\\u0022 you\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL FROM:<\"x> to=<y> reply=\\\"250\"@client.example>",
                "MAIL FROM:<\"a, b\"@client.example>",
                "MAIL FROM:<\"\u202e\u2028\"@client.example> SMTPUTF8",
                "NOSUCH \" reply=\"250 2.0.0 OK\" x=\"",
                "NOSUCH \u0001\u0007\u001b[2J\u007f\u0085",
                "NOSUCH a\naccepted id=1",
                "NOSUCH \\"
            })
    void lineShouldStayOneLineWhateverIsSent(String command) throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of());
                TestClient client = connect(server)) {
            client.ask("EHLO client.example");
            client.ask(command);
            client.ask("RCPT TO:<a@elsewhere.example>");
            assertThat(log.lines).isNotEmpty().allSatisfy(line -> {
                assertThat(line).matches(LINE);
                assertThat(pairs(line).get("reply")).startsWith("\"5");
            });
        }
    }

    @Test
    void messageIdShouldForgeNothing() throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of());
                TestClient client = connect(server)) {
            client.message("a@accepted.example", "Message-ID: <\" reply=\"550 \u0007\r\n\r\ntext\r\n");
            assertThat(only().get("reply")).startsWith("\"250");
        }
    }

    @Test
    void outcomeThatNobodyHearsShouldBeToldToo() throws Exception {
        deliveries.holdBack = true;
        try (TestListener server = new TestListener(folder, deliveries, Map.of())) {
            Consumer<Reply> outcome;
            try (TestClient client = connect(server)) {
                client.envelope("a@accepted.example");
                client.send("text\r\n.\r\n");
                outcome = deliveries.heldBack.poll(10, TimeUnit.SECONDS);
                client.reset();
            }
            await(() -> server.listener.sessions() == 0);
            outcome.accept(new Reply(250, "2.0.0", "Accepted"));
            await(() -> !log.lines.isEmpty());
            assertThat(only()).containsEntry("", "unheard").containsEntry("reply", "\"250 2.0.0 Accepted\"");
        }
    }

    private static TestClient connect(TestListener server) throws IOException {
        TestClient client = new TestClient(server.address(), false);
        client.reply();
        return client;
    }

    /** The one line that was written since the last call. */
    private Map<String, String> only() {
        List<String> lines = List.copyOf(log.lines);
        log.lines.clear();
        assertThat(lines).hasSize(1);
        return pairs(lines.get(0));
    }

    private static Map<String, String> pairs(String line) {
        Matcher whole = LINE.matcher(line);
        assertThat(whole.matches()).as(line).isTrue();
        Map<String, String> pairs = new LinkedHashMap<>(Map.of("", whole.group(1)));
        Matcher pair = PAIR.matcher(line);
        while (pair.find()) {
            assertThat(pairs.put(pair.group(1), pair.group(2)))
                    .as("a second " + pair.group(1))
                    .isNull();
        }
        return pairs;
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
