package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.Receipt;

/** What is written together. */
class FlightTest extends DialogueTest {

    private static final String TEXT = "Subject: dots\r\n\r\n.\r\n..\r\n.a\r\nb.\r\n";

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
}
