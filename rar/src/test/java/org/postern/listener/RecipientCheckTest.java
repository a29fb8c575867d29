package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.container.TestClient;
import org.postern.management.CapturedLog;

/** A session that waits for the application's word on a recipient, which comes late, never, or when the peer has gone. */
class RecipientCheckTest {

    private static final String ASK = "EHLO client.example\r\nMAIL FROM:<sender@client.example>\r\n"
            + "RCPT TO:<a@accepted.example>\r\nRCPT TO:<ask@accepted.example>\r\n";
    private static final Reply UNKNOWN = new Reply(550, "5.1.1", "Nobody here");

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();
    /** Of all loggers: Netty tells what goes wrong in tasks. */
    private final CapturedLog log = new CapturedLog("");

    @BeforeEach
    void holdBack() {
        deliveries.holdQuestionsBack = true;
    }

    @AfterEach
    void release() {
        log.close();
        assertThat(log.failures).isEmpty();
    }

    @Test
    void questionWithoutAnAnswerShouldRefuseItsRecipientForNowAndTheSessionGoOn() throws Exception {
        try (TestListener server = server(Map.of("deliveryTimeout", "1s"));
                TestClient client = asked(server)) {
            var stuck = deliveries.nextQuestion();
            assertThat(client.reply()).startsWith("451 4.3.2");
            assertThat(server.listener.statistics().limits()).containsEntry("deliveryTimeout", 1L);
            assertThat(server.listener.statistics().get(Statistics.Figure.RECIPIENTS_REFUSED))
                    .isEqualTo(1);
            assertThat(server.listener.statistics().refusals()).containsExactly(Map.entry(451, 1L));
            assertThat(client.ask("DATA")).startsWith("354 ");
            assertThat(client.ask("text\r\n.")).startsWith("250 2.0.0");
            assertThat(deliveries.taken.get(0).envelope().recipients())
                    .extracting(Recipient::toString)
                    .containsExactly("a@accepted.example");
            stuck.accept(Optional.of(UNKNOWN));
            expectInStep(client);
            assertThat(log.failures).isEmpty();
            server.expectHonestMailToBeTaken();
        }
    }

    @Test
    void lateAnswerShouldNotBeTakenForThatToTheNextQuestion() throws Exception {
        try (TestListener server = server(Map.of("deliveryTimeout", "1s"));
                TestClient client = asked(server)) {
            var late = deliveries.nextQuestion();
            assertThat(client.reply()).startsWith("451 4.3.2");
            server.settings.change(LimitSettings.DELIVERY_TIMEOUT, "0");
            client.send("RCPT TO:<ask2@accepted.example>\r\n");
            var next = deliveries.nextQuestion();
            late.accept(Optional.of(UNKNOWN));
            server.expectHonestMailToBeTaken();
            server.expectHonestMailToBeTaken();
            next.accept(Optional.empty());
            assertThat(client.reply()).startsWith("250 2.1.5");
            expectInStep(client);
        }
    }

    @Test
    void commandsBehindAQuestionShouldWaitForItsAnswer() throws Exception {
        try (TestListener server = server(Map.of());
                TestClient client = asked(server)) {
            client.send("NOOP\r\nNOSUCH\r\nQUIT\r\n");
            server.expectHonestMailToBeTaken();
            deliveries.nextQuestion().accept(Optional.of(UNKNOWN));
            assertThat(client.reply()).isEqualTo("550 5.1.1 Nobody here");
            assertThat(client.reply()).startsWith("250 2.0.0 OK");
            assertThat(client.reply()).startsWith("500 ");
            assertThat(client.reply()).startsWith("221 ");
            assertThat(client.line()).isNull();
            server.expectHonestMailToBeTaken();
        }
    }

    @Test
    void whoHasShutHisSideShouldGetTheAnswerAndAllReplies() throws Exception {
        try (TestListener server = server(Map.of())) {
            try (TestClient client = asked(server)) {
                client.send("NOOP\r\n");
                client.shutDownOutput();
                Consumer<Optional<Reply>> question = deliveries.nextQuestion();
                server.expectHonestMailToBeTaken();
                question.accept(Optional.empty());
                assertThat(client.reply()).startsWith("250 2.1.5");
                assertThat(client.reply()).startsWith("250 2.0.0 OK");
                assertThat(client.line()).isNull();
            }
            expectNothingLeft(server);
        }
    }

    @Test
    void whoHasShutHisSideShouldBeToldThatNoAnswerCame() throws Exception {
        try (TestListener server = server(Map.of("deliveryTimeout", "1s"))) {
            try (TestClient client = asked(server)) {
                client.shutDownOutput();
                var late = deliveries.nextQuestion();
                assertThat(client.reply()).startsWith("451 4.3.2");
                assertThat(client.line()).isNull();
                late.accept(Optional.empty());
            }
            expectNothingLeft(server);
            assertThat(server.listener.statistics().limits()).containsEntry("deliveryTimeout", 1L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answerThatNobodyWaitsForAnyMoreShouldHarmNobody(boolean welcome) throws Exception {
        try (TestListener server = server(Map.of())) {
            Consumer<Optional<Reply>> question;
            try (TestClient client = asked(server)) {
                question = deliveries.nextQuestion();
                client.reset();
            }
            server.awaitNoSessions();
            question.accept(welcome ? Optional.empty() : Optional.of(UNKNOWN));
            expectNothingLeft(server);
            assertThat(server.listener.statistics().get(Statistics.Figure.RECIPIENTS_REFUSED))
                    .isZero();
            assertThat(log.failures).isEmpty();
        }
    }

    private TestListener server(Map<String, String> configured) throws IOException {
        return new TestListener(folder, deliveries, configured);
    }

    /** A session in which the reply to the second recipient is awaited. */
    private static TestClient asked(TestListener server) throws IOException {
        TestClient client = server.greet(false);
        client.send(ASK);
        for (String begin : new String[] {"250 ", "250 2.1.0", "250 2.1.5"}) {
            assertThat(client.reply()).startsWith(begin);
        }
        return client;
    }

    /** No reply comes that nobody asked for. An event loop may read before it does what it was given meanwhile, but once. */
    private static void expectInStep(TestClient client) throws IOException {
        assertThat(client.ask("NOOP")).startsWith("250 2.0.0 OK");
        assertThat(client.ask("NOOP")).startsWith("250 2.0.0 OK");
        assertThat(client.ask("QUIT")).startsWith("221 ");
    }

    private void expectNothingLeft(TestListener server) throws IOException {
        server.awaitNoSessions();
        assertThat(server.spooled()).isEmpty();
        assertThat(deliveries.taken)
                .allSatisfy(mail -> assertThat(mail.content()).contains("honest"));
        server.expectHonestMailToBeTaken();
    }
}
