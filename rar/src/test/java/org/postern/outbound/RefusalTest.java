package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.MailDeliveryException;
import org.postern.Receipt;

/** Every mixture of refusals. */
class RefusalTest extends DialogueTest {

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
}
