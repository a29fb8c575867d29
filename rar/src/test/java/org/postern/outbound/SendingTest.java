package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.Receipt;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** The dialogue of one message. Lines of the client in a row were written without waiting for replies between them. */
class SendingTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org", "c@example.org");
    private static final String TEXT = "Subject: dots\r\n\r\n.\r\n..\r\n.a\r\nb.\r\n";

    private static TestClients clients;
    private static ClientTls inClear;
    private static TestTls tls;

    @BeforeAll
    static void start(@TempDir Path folder) {
        clients = new TestClients();
        tls = new TestTls(Engine.best(), folder);
        inClear = tls.client(ClientLevel.NONE);
    }

    @AfterAll
    static void stop() {
        clients.close();
        tls.close();
    }

    @Test
    void smallMessageShouldBeOneFlightWithPipeliningAndChunking() throws Exception {
        try (ScriptedServer server = server(
                "PIPELINING",
                "CHUNKING",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: BDAT 32 LAST
                CONTENT 32
                S: 250 2.1.0 OK
                S: 250 2.1.5 OK
                S: 250 2.1.5 OK
                S: 250 2.0.0 taken
                """)) {
            Receipt receipt = send(server, TEXT);
            assertThat(receipt.isComplete()).isTrue();
            assertThat(receipt.reply().text()).isEqualTo("taken");
            assertThat(content(server)).isEqualTo(TEXT);
        }
    }

    @Test
    void envelopeAndDataShouldBeOneFlightWithPipelining() throws Exception {
        try (ScriptedServer server = server(
                "PIPELINING",
                "SIZE 1000",
                """
                C: MAIL FROM:<a@example.org> SIZE=32
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 250 OK
                S: 354 Go
                DATA
                S: 250 taken
                """)) {
            assertThat(send(server, TEXT).isComplete()).isTrue();
            assertThat(content(server)).isEqualTo("Subject: dots\r\n\r\n..\r\n...\r\n..a\r\nb.\r\n.\r\n");
        }
    }

    @Test
    void commandsShouldWaitForEachOtherWithoutPipelining() throws Exception {
        try (ScriptedServer server = server(
                "8BITMIME",
                "X",
                """
                C: MAIL FROM:<a@example.org>
                S: 250 OK
                C: RCPT TO:<b@example.org>
                S: 250 OK
                C: RCPT TO:<c@example.org>
                S: 250 OK
                C: DATA
                S: 354 Go
                DATA
                S: 250 taken
                """)) {
            assertThat(send(server, "x").isComplete()).isTrue();
            assertThat(content(server)).isEqualTo("x\r\n.\r\n");
        }
    }

    @Test
    void missingLineEndShouldBeAddedForBdatToo() throws Exception {
        try (ScriptedServer server = server(
                "8BITMIME",
                "CHUNKING",
                """
                C: MAIL FROM:<a@example.org> BODY=8BITMIME
                S: 250 OK
                C: RCPT TO:<b@example.org>
                S: 250 OK
                C: RCPT TO:<c@example.org>
                S: 250 OK
                C: BDAT 4 LAST
                CONTENT 4
                S: 250 taken
                """)) {
            send(server, "ü");
            assertThat(content(server)).isEqualTo("ü\r\n");
        }
    }

    @Test
    void someRefusedRecipientsShouldNotKeepTheOthersFromTheirMail() throws Exception {
        try (ScriptedServer server = server(
                "PIPELINING",
                "CHUNKING",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: BDAT 3 LAST
                CONTENT 3
                S: 250 OK
                S: 550 5.1.1 Nobody here
                S: 250 OK
                S: 250 taken
                """)) {
            Receipt receipt = send(server, "x\r\n");
            assertThat(receipt.results()).extracting(Receipt.Result::isAccepted).containsExactly(false, true);
            assertThat(receipt.refused().get(0).reply().toString()).isEqualTo("550 5.1.1 Nobody here");
        }
    }

    @Test
    void refusedRecipientsShouldRefuseContentThatWentWithThem() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "CHUNKING",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: BDAT 3 LAST
                CONTENT 3
                S: 250 OK
                S: 550 5.1.1 Nobody here
                S: 451 4.2.0 Busy
                S: 503 5.5.1 No recipients
                """);
        assertThat(failure.results()).hasSize(2);
        assertThat(failure.reply().toString()).isEqualTo("451 4.2.0 Busy");
    }

    @Test
    void goAheadForNobodyShouldBeAnsweredByTheDotAlone() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "X",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 550 Nobody here
                S: 550 Nobody here
                S: 354 Go
                C: .
                S: 554 No recipients
                """);
        assertThat(failure.reply().toString()).isEqualTo("550 Nobody here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHUNKING", "X"})
    void refusedSenderShouldDecide(String feature) throws Exception {
        MailDeliveryException failure = fail(
                "8BITMIME",
                feature,
                """
                C: MAIL FROM:<a@example.org>
                S: 550 5.7.1 Not you
                """);
        assertThat(failure.reply().toString()).isEqualTo("550 5.7.1 Not you");
        assertThat(failure).hasMessageContaining("The sender was refused by localhost:");
    }

    @Test
    void refusedSenderShouldDecideAlsoWhenTheServerThenHangsUp() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "CHUNKING",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: BDAT 3 LAST
                CONTENT 3
                S: 550 5.7.1 Not you
                HANG UP
                """);
        assertThat(failure.reply().toString()).isEqualTo("550 5.7.1 Not you");
    }

    @Test
    void dataThatIsRefusedShouldBeTheReplyForTheAccepted() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "X",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 550 Nobody here
                S: 452 4.3.1 Full
                """);
        assertThat(failure.reply().toString()).isEqualTo("452 4.3.1 Full");
    }

    @Test
    void goodReplyInsteadOfTheGoAheadShouldNotPassForAcceptance() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "X",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 250 OK
                S: 250 OK
                """);
        assertThat(failure.isTemporary()).isTrue();
        assertThat(failure.reply().enhancedStatus()).isEqualTo("4.5.0");
    }

    @Test
    void closingServerShouldKeepTheMessage() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "CHUNKING",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: BDAT 3 LAST
                CONTENT 3
                S: 250 OK
                S: 421 4.3.2 Going down
                HANG UP
                """);
        assertThat(failure.reply().toString()).isEqualTo("421 4.3.2 Going down");
    }

    @Test
    void lostConnectionShouldKeepTheMessage() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "CHUNKING",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: BDAT 3 LAST
                CONTENT 3
                S: 250 OK
                S: 250 OK
                S: 250 OK
                HANG UP
                """);
        assertThat(failure.isTemporary()).isTrue();
        assertThat(failure.reply().enhancedStatus()).isEqualTo("4.4.2");
        assertThat(failure).hasMessageContaining("localhost:").hasMessageContaining("closed by the server");
    }

    @Test
    void largeMessageShouldFollowTheAnswerAboutItsEnvelopeByteForByte() throws Exception {
        String large = large();
        try (ScriptedServer server = server(
                "PIPELINING",
                "CHUNKING",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                S: 250 OK
                S: 550 Nobody here
                S: 250 OK
                C: BDAT %1$d LAST
                CONTENT %1$d
                S: 250 taken
                """
                        .formatted(large.length()))) {
            assertThat(send(server, large).refused()).hasSize(1);
            assertThat(content(server)).isEqualTo(large);
        }
    }

    @Test
    void largeMessageShouldBeStuffedByteForByte() throws Exception {
        String large = large();
        try (ScriptedServer server = server(
                "PIPELINING",
                "X",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 250 OK
                S: 354 Go
                DATA
                S: 250 taken
                """)) {
            send(server, large);
            assertThat(content(server)).isEqualTo(large.replace("\r\n.", "\r\n..") + ".\r\n");
        }
    }

    @Test
    void largeMessageForNobodyShouldNotBeSent() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "CHUNKING",
                large(),
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                S: 250 OK
                S: 550 Nobody here
                S: 550 Nobody here
                """);
        assertThat(failure.isTemporary()).isFalse();
    }

    @Test
    void serverThatRefusesInTheMiddleShouldBeHeard() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "X",
                "x".repeat(30_000_000),
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 250 OK
                S: 354 Go
                CONTENT 1000
                S: 552 5.3.4 Too much
                HANG UP
                """);
        assertThat(failure.reply().code()).isIn(552, 421);
    }

    @Test
    void serverThatTakesNoContentShouldBeLeft() throws Exception {
        try (ScriptedServer server = server(
                "PIPELINING",
                "X",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 250 OK
                S: 354 Go
                HOLD
                """)) {
            Duration patient = Duration.ofSeconds(20);
            Duration block = Duration.ofMillis(100);
            Timeouts timeouts = new Timeouts(patient, patient, patient, patient, block, patient, patient);
            MailDeliveryException failure = catchThrowableOfType(
                    MailDeliveryException.class, () -> send(server, "x".repeat(30_000_000), timeouts));
            assertThat(failure).hasMessageContaining("did not take a piece of the content");
            server.release();
        }
    }

    @Test
    void contentThatCannotBeReadToItsEndShouldNotBeTakenForWhole() throws Exception {
        try (ScriptedServer server = server(
                "PIPELINING",
                "X",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 250 OK
                S: 354 Go
                CUT
                """)) {
            MailDeliveryException failure = catchThrowableOfType(
                    MailDeliveryException.class, () -> send(server, new Breaking(), TestClients.PATIENT));
            assertThat(failure.isTemporary()).isTrue();
            assertThat(failure).hasMessageContaining("could not be read: the disk is gone");
        }
    }

    @Test
    void contentWithABareLineFeedShouldOpenNoConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(tls.server(), List.of())) {
            assertThatThrownBy(() -> send(server, "a\nb\r\n")).isInstanceOf(IllegalArgumentException.class);
            assertThat(server.sessions()).isZero();
        }
    }

    @Test
    void messageWithoutARecipientShouldBeRefused() throws Exception {
        try (ScriptedServer server = new ScriptedServer(tls.server(), List.of());
                Connection connection = clients.client(() -> inClear).connection(server.nextHop())) {
            Envelope nobody = ENVELOPE.withRecipients(List.of());
            assertThatThrownBy(() -> connection.send(nobody, MailContent.of(new byte[0])))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String large() {
        return "Subject: x\r\n\r\n" + ".dotted line and more\r\nplain line\r\n".repeat(30_000);
    }

    private static ScriptedServer server(String feature, String other, String dialogue) throws IOException {
        String greeting =
                """
                S: 220 mx.example.org
                C: EHLO gateway.example.org
                S: 250-mx.example.org
                S: 250-%s
                S: 250 %s
                """
                        .formatted(feature, other);
        return new ScriptedServer(tls.server(), List.of(greeting + dialogue));
    }

    private static MailDeliveryException fail(String feature, String other, String dialogue) throws IOException {
        return fail(feature, other, "x\r\n", dialogue);
    }

    private static MailDeliveryException fail(String feature, String other, String text, String dialogue)
            throws IOException {
        try (ScriptedServer server = server(feature, other, dialogue)) {
            MailDeliveryException failure = catchThrowableOfType(MailDeliveryException.class, () -> send(server, text));
            assertThat(failure).isNotNull();
            return failure;
        }
    }

    private static Receipt send(ScriptedServer server, String text) throws MailDeliveryException {
        return send(server, text, TestClients.PATIENT);
    }

    private static Receipt send(ScriptedServer server, String text, Timeouts timeouts) throws MailDeliveryException {
        return send(server, MailContent.of(text.getBytes(StandardCharsets.UTF_8)), timeouts);
    }

    private static Receipt send(ScriptedServer server, MailContent content, Timeouts timeouts)
            throws MailDeliveryException {
        Client client = clients.client(() -> inClear, timeouts);
        try (Connection connection = client.connection(server.nextHop())) {
            return connection.send(ENVELOPE, content);
        }
    }

    private static String content(ScriptedServer server) {
        return new String(server.contents().get(0), StandardCharsets.UTF_8);
    }

    /** Can be read once, and half way again. */
    private static final class Breaking implements MailContent {
        private static final int SIZE = 1_000_000;
        private boolean wasRead;

        @Override
        public InputStream stream() {
            InputStream whole = new ByteArrayInputStream(new byte[SIZE]);
            boolean breaks = wasRead;
            wasRead = true;
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    return whole.read();
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    if (breaks && whole.available() < SIZE / 2) {
                        throw new IOException("the disk is gone");
                    }
                    return whole.read(buffer, offset, length);
                }
            };
        }

        @Override
        public long size() {
            return SIZE;
        }
    }
}
