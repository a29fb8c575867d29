package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Reply;
import org.postern.TlsSession;
import org.postern.container.TestClient;

class ListenerTest {

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    @Test
    void mailShouldReachTheApplicationWithItsFactsAndATraceField() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            client.ask("STARTTLS");
            String protocol = client.tls().getSession().getProtocol();
            client.ask("EHLO client.example");
            assertThat(send(client, "a@accepted.example", "Subject: x\r\n\r\n..dot\r\n"))
                    .startsWith("250 2.0.0");
            TestDeliveries.Taken mail = deliveries.taken.get(0);
            assertThat(mail.helo()).isEqualTo("client.example");
            assertThat(mail.tls().map(TlsSession::protocol)).contains(protocol);
            assertThat(mail.content())
                    .startsWith(
                            "Received: from client.example ([127.0.0.1])\r\n\tby mx.example.org (Postern) with ESMTPS id ")
                    .contains(
                            "(" + protocol + " ",
                            ", client certificate: none)",
                            "\r\n\tfor <a@accepted.example>;\r\n\t")
                    .endsWith("\r\nSubject: x\r\n\r\n.dot\r\n");
        }
    }

    @Test
    void messageInCirclesShouldBeRefused() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            client.ask("EHLO client.example");
            assertThat(send(client, "a@accepted.example", "Received: from a by b; now\r\n".repeat(100) + "\r\n"))
                    .startsWith("554 5.4.6");
            assertThat(deliveries.taken).isEmpty();
        }
    }

    @Test
    void chunkThatIsTooLargeShouldBeReadToItsEndAndRefused() throws Exception {
        try (TestListener server = server(Map.of("maxMessageSize", "10K"));
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            client.ask("EHLO client.example");
            client.ask("MAIL FROM:<sender@client.example>");
            client.ask("RCPT TO:<a@accepted.example>");
            client.send("BDAT 600000\r\n" + "QUIT\r\n".repeat(100_000) + "BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n");
            assertThat(client.reply()).startsWith("552 5.3.4");
            assertThat(client.reply()).startsWith("503 5.5.1");
            assertThat(client.reply()).startsWith("250 2.0.0 OK");
            assertThat(server.spooled()).isEmpty();
            assertThat(deliveries.taken).isEmpty();
        }
    }

    @Test
    void clearTextBehindStarttlsShouldEndTheSession() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            client.send("STARTTLS\r\nEHLO injected.example\r\n");
            assertThat(client.line()).startsWith("421 4.7.0");
            assertThat(client.line()).isNull();
            assertThat(server.listener.statistics().tlsFailures()).containsEntry("INJECTED", 1L);
        }
    }

    @Test
    void clearTextInPlaceOfAHandshakeShouldEndTheSession() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            assertThat(client.ask("STARTTLS")).startsWith("220 ");
            client.send("EHLO client.example\r\n");
            assertThat(closedWithoutReply(client)).isTrue();
        }
    }

    @Test
    void largeContentShouldGoToAFileAndVanishAfterTheReply() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            client.ask("EHLO client.example");
            deliveries.holdBack = true;
            String line = "x".repeat(70) + "\r\n";
            begin(client, "a@accepted.example");
            client.send(line.repeat(5_000) + ".\r\n");
            Consumer<Reply> outcome = deliveries.heldBack.poll(10, TimeUnit.SECONDS);
            assertThat(server.spooled()).hasSize(1);
            assertThat(deliveries.taken.get(0).content()).endsWith(line.repeat(5_000));
            outcome.accept(new Reply(250, "2.0.0", "Accepted"));
            assertThat(client.reply()).startsWith("250");
            assertThat(client.ask("NOOP")).startsWith("250");
            assertThat(server.spooled()).isEmpty();
        }
    }

    @Test
    void contentBeyondTheLimitShouldBeRefusedAfterItsEnd() throws Exception {
        try (TestListener server = server(Map.of("maxMessageSize", "10K"));
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            client.ask("EHLO client.example");
            assertThat(send(client, "a@accepted.example", ("x".repeat(70) + "\r\n").repeat(1_000)))
                    .startsWith("552 5.3.4");
            assertThat(client.ask("NOOP")).startsWith("250");
            assertThat(deliveries.taken).isEmpty();
        }
    }

    @Test
    void commandsBehindADeliveryShouldWaitForItsReply() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            client.ask("EHLO client.example");
            deliveries.holdBack = true;
            begin(client, "a@accepted.example");
            client.send("text\r\n.\r\nNOOP\r\nQUIT\r\n");
            Consumer<Reply> outcome = deliveries.heldBack.poll(10, TimeUnit.SECONDS);
            outcome.accept(new Reply(451, "4.3.0", "Later"));
            assertThat(client.reply()).startsWith("451 4.3.0 Later (id ");
            assertThat(client.reply()).startsWith("250 2.0.0 OK");
            assertThat(client.reply()).startsWith("221 ");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void idleSessionShouldBeToldAndEnded() throws Exception {
        try (TestListener server = server(Map.of("idleTimeout", "1s"));
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            assertThat(client.line()).startsWith("421 4.4.2");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void closedListenerShouldFreeItsPortTellIdleSessionsAndFinishMessages() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient idle = new TestClient(server.address(), false);
                TestClient busy = new TestClient(server.address(), false)) {
            idle.reply();
            busy.reply();
            busy.ask("EHLO client.example");
            deliveries.holdBack = true;
            begin(busy, "a@accepted.example");
            busy.send("text\r\n.\r\n");
            Consumer<Reply> outcome = deliveries.heldBack.poll(10, TimeUnit.SECONDS);
            var address = server.address();
            Thread closing = new Thread(() -> server.listener.close(Duration.ofSeconds(20)));
            closing.start();
            assertThat(idle.line()).startsWith("421 4.3.2");
            outcome.accept(new Reply(250, "2.0.0", "Accepted"));
            assertThat(busy.reply()).startsWith("250 2.0.0 Accepted");
            assertThat(busy.reply()).startsWith("421 4.3.2");
            idle.hangUp();
            busy.hangUp();
            closing.join(20_000);
            assertThat(closing.isAlive()).isFalse();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close());
            server.listener.open();
            try (TestClient again = new TestClient(server.address(), false)) {
                assertThat(again.reply()).startsWith("220 ");
            }
        }
    }

    @Test
    void pausedListenerShouldTurnNewSessionsAwayAndFinishWhatIsUnderWay() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient before = server.greet(false)) {
            before.ask("EHLO client.example");
            begin(before, "a@accepted.example");
            before.send("first half, ");
            server.listener.pause();
            try (TestClient turnedAway = new TestClient(server.address(), false)) {
                assertThat(turnedAway.line()).startsWith("421 4.3.2");
                assertThat(turnedAway.line()).isNull();
            }
            assertThat(server.listener.statistics().refusals()).containsExactly(Map.entry(421, 1L));
            before.send("second half\r\n.\r\n");
            assertThat(before.reply()).startsWith("250 2.0.0");
            assertThat(deliveries.taken.get(0).content()).endsWith("\r\nfirst half, second half\r\n");
            assertThat(send(before, "a@accepted.example", "text\r\n")).startsWith("250 2.0.0");
            server.listener.resume();
            server.expectHonestMailToBeTaken();
            assertThat(server.listener.statistics().get(Statistics.Figure.MESSAGES_ACCEPTED))
                    .isEqualTo(3);
        }
    }

    @Test
    void takenPortShouldBeToldInASentenceAndLeaveNoneOpen() throws Exception {
        try (TestListener first = server(Map.of())) {
            String taken = String.valueOf(first.address().getPort());
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(
                            () -> new TestListener(folder.resolve("second"), deliveries, Map.of("port", taken)).close())
                    .withMessageContaining(taken)
                    .withMessageContaining("Set host, port or implicitTlsPort");
        }
    }

    @Test
    void changedLevelShouldHoldFromTheNextSessionOn() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient before = new TestClient(server.address(), false)) {
            before.reply();
            server.settings.change(org.postern.tls.TlsSettings.SERVER_LEVEL, "REQUIRE");
            before.ask("EHLO client.example");
            assertThat(before.ask("MAIL FROM:<a@b.example>")).startsWith("250");
            try (TestClient after = new TestClient(server.address(), false)) {
                after.reply();
                after.ask("EHLO client.example");
                assertThat(after.ask("MAIL FROM:<a@b.example>")).startsWith("530 5.7.0");
            }
        }
    }

    @Test
    void figuresShouldBeCounted() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            client.ask("EHLO client.example");
            send(client, "a@accepted.example", "text\r\n");
            client.ask("MAIL FROM:<a@b.example>");
            client.ask("RCPT TO:<a@elsewhere.example>");
            Statistics statistics = server.listener.statistics();
            assertThat(statistics.get(Statistics.Figure.MESSAGES_ACCEPTED)).isEqualTo(1);
            assertThat(statistics.get(Statistics.Figure.RECIPIENTS_REFUSED)).isEqualTo(1);
            assertThat(statistics.refusals()).containsExactly(Map.entry(550, 1L));
            statistics.reset();
            assertThat(statistics.get(Statistics.Figure.SESSIONS)).isZero();
        }
    }

    private TestListener server(Map<String, String> configured) throws IOException {
        return new TestListener(folder, deliveries, configured);
    }

    private static String send(TestClient client, String recipient, String content) throws IOException {
        begin(client, recipient);
        client.send(content + ".\r\n");
        return client.reply();
    }

    private static void begin(TestClient client, String recipient) throws IOException {
        for (String line : List.of("MAIL FROM:<sender@client.example>", "RCPT TO:<" + recipient + ">", "DATA")) {
            assertThat(client.ask(line)).matches("(250|354) .*");
        }
    }

    private static boolean closedWithoutReply(TestClient client) {
        try {
            String line = client.line();
            // A TLS alert may come as octets; a reply of SMTP may not.
            return line == null || !line.matches("\\d{3}[ -].*");
        } catch (IOException reset) {
            return true;
        }
    }
}
