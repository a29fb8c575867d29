package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Reply;
import org.postern.container.TestClient;

/** Connections that end otherwise than with QUIT and its reply: nothing is lost, nothing is left, and others are served. */
class EndingTest {

    private static final String MAIL = "EHLO client.example\r\nMAIL FROM:<sender@client.example>\r\n";
    private static final String RCPT = "RCPT TO:<a@accepted.example>\r\n";
    private static final String CONTENT = "Subject: x\r\n\r\ntext\r\n";

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    /** How far a session has come when its peer goes. */
    enum Progress {
        GREETED(""),
        HELLO_SAID("EHLO client.example\r\n"),
        HALF_A_LINE("EHLO clie"),
        SENDER_NAMED(MAIL),
        RECIPIENT_NAMED(MAIL + RCPT),
        DATA_BEGUN(MAIL + RCPT + "DATA\r\n"),
        IN_CONTENT(MAIL + RCPT + "DATA\r\n" + CONTENT),
        IN_LARGE_CONTENT(MAIL + RCPT + "DATA\r\n" + CONTENT.repeat(5_000)),
        IN_CHUNK(MAIL + RCPT + "BDAT 500 LAST\r\n" + CONTENT),
        BETWEEN_CHUNKS(MAIL + RCPT + "BDAT " + CONTENT.length() + "\r\n" + CONTENT),
        IN_REFUSED_CHUNK("BDAT 500\r\n" + CONTENT),
        BEFORE_HANDSHAKE("STARTTLS\r\n");

        final String sent;

        Progress(String sent) {
            this.sent = sent;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void replyToQuitShouldReachWhoGoesOnSending(boolean implicitTls) throws Exception {
        try (TestListener server = server(Map.of("implicitTlsPort", "0"));
                TestClient client =
                        new TestClient(implicitTls ? server.implicitTlsAddress() : server.address(), implicitTls)) {
            assertThat(client.line()).startsWith("220 ");
            client.send("QUIT\r\n" + "NOOP\r\n".repeat(100_000));
            assertThat(client.line()).startsWith("221 ");
            assertThat(client.line()).isNull();
        }
    }

    /** The time is for all of them, of which each would take two seconds if it were. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoTakesLeaveShouldNotBeWaitedFor(boolean implicitTls) throws Exception {
        try (TestListener server = server(Map.of("implicitTlsPort", "0"))) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            for (int i = 0; i < 20; i++) {
                try (TestClient client =
                        new TestClient(implicitTls ? server.implicitTlsAddress() : server.address(), implicitTls)) {
                    assertThat(client.line()).startsWith("220 ");
                    assertThat(client.ask("QUIT")).startsWith("221 ");
                    while (server.listener.sessions() > 0) {
                        assertThat(System.nanoTime())
                                .as("a session that has ended is kept")
                                .isLessThan(end);
                        Thread.onSpinWait();
                    }
                    assertThat(client.line()).isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void resetShouldLeaveNothingBehind(Progress progress) throws Exception {
        try (TestListener server = server(Map.of())) {
            try (TestClient client = sent(server, progress.sent)) {
                awaitRead(server);
                client.reset();
            }
            expectNothingLeft(server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfClosedSessionShouldEndAtOnce(Progress progress) throws Exception {
        try (TestListener server = server(Map.of("contentIdleTimeout", "1h", "idleTimeout", "1h"))) {
            try (TestClient client = sent(server, progress.sent)) {
                client.shutDownOutput();
                String last = client.line();
                while (last != null) {
                    assertThat(last).matches("[235]\\d\\d[ -].*");
                    last = client.line();
                }
            }
            expectNothingLeft(server);
        }
    }

    @Test
    void peerThatHasSentAllAndShutItsSideShouldGetEveryReply() throws Exception {
        try (TestListener server = server(Map.of())) {
            deliveries.holdBack = true;
            try (TestClient client = sent(server, MAIL + RCPT + "DATA\r\n" + CONTENT + ".\r\nNOOP\r\nQUIT\r\n")) {
                client.shutDownOutput();
                Consumer<Reply> outcome = deliveries.heldBack.poll(10, TimeUnit.SECONDS);
                for (String begin : new String[] {"250", "250", "250", "354"}) {
                    assertThat(client.reply()).startsWith(begin);
                }
                outcome.accept(new Reply(250, "2.0.0", "Accepted"));
                assertThat(client.reply()).isEqualTo("250 2.0.0 Accepted");
                assertThat(client.reply()).startsWith("250 2.0.0 OK");
                assertThat(client.reply()).startsWith("221 ");
                assertThat(client.line()).isNull();
            }
            deliveries.holdBack = false;
            deliveries.taken.clear();
            expectNothingLeft(server);
        }
    }

    @Test
    void resetDuringADeliveryShouldLeaveNothingBehindOnceItHasEnded() throws Exception {
        try (TestListener server = server(Map.of())) {
            deliveries.holdBack = true;
            Consumer<Reply> outcome;
            try (TestClient client = sent(server, MAIL + RCPT + "DATA\r\n" + CONTENT.repeat(5_000) + ".\r\n")) {
                outcome = deliveries.heldBack.poll(10, TimeUnit.SECONDS);
                client.reset();
            }
            outcome.accept(new Reply(250, "2.0.0", "Accepted"));
            deliveries.holdBack = false;
            deliveries.taken.clear();
            expectNothingLeft(server);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endWithinAHandshakeShouldBeCounted(boolean reset) throws Exception {
        try (TestListener server = server(Map.of())) {
            try (TestClient client = sent(server, "STARTTLS\r\n")) {
                assertThat(client.reply()).startsWith("220 ");
                // A record that is not there to its end.
                client.send(new byte[] {22, 3, 1, 2, 0, 1, 0});
                if (reset) {
                    client.reset();
                } else {
                    client.shutDownOutput();
                    // An alert may come, but no reply.
                    for (String line = client.line(); line != null; line = client.line()) {
                        assertThat(line).doesNotMatch("\\d{3}[ -].*");
                    }
                }
            }
            expectNothingLeft(server);
            assertThat(server.listener.statistics().tlsFailures()).containsOnlyKeys("HANDSHAKE");
        }
    }

    private TestListener server(Map<String, String> configured) throws IOException {
        return new TestListener(folder, deliveries, configured);
    }

    private static TestClient sent(TestListener server, String dialogue) throws IOException {
        TestClient client = new TestClient(server.address(), false);
        assertThat(client.line()).startsWith("220 ");
        client.send(dialogue);
        return client;
    }

    /** A second session is served behind what the first has sent: both have loops that take turns. */
    private static void awaitRead(TestListener server) throws IOException {
        try (TestClient other = new TestClient(server.address(), false)) {
            other.reply();
            assertThat(other.ask("QUIT")).startsWith("221 ");
        }
    }

    private void expectNothingLeft(TestListener server) throws Exception {
        server.awaitNoSessions();
        TestListener.await("a file is left", () -> server.spooled().isEmpty());
        assertThat(deliveries.taken).isEmpty();
        Statistics statistics = server.listener.statistics();
        assertThat(statistics.get(Statistics.Figure.CLEAR_SESSIONS))
                .isEqualTo(statistics.get(Statistics.Figure.SESSIONS))
                .isPositive();
        assertThat(statistics.get(Statistics.Figure.MESSAGES_REFUSED)).isZero();
        server.expectHonestMailToBeTaken();
        assertThat(deliveries.taken).hasSize(1);
    }
}
