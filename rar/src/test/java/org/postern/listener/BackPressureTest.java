package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.Reply;
import org.postern.container.TestClient;

/** What a peer sends while the application has the word stays with the peer, but for what the systems' buffers hold. */
@Timeout(120)
class BackPressureTest {

    /** Lines of 512 octets; together far more than the systems' buffers between two sockets hold. */
    private static final byte[] GROUP =
            ("NOOP " + "x".repeat(505) + "\r\n").repeat(64).getBytes(StandardCharsets.US_ASCII);

    private static final int LINES_OF_A_GROUP = 64;
    private static final int GROUPS = 1024;
    private static final long MOST_TAKEN = GROUPS * (long) GROUP.length / 2;

    /** So often others are served in turn without anything being taken: then nothing is. */
    private static final int TURNS = 40;

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicLong taken = new AtomicLong();

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"a, false", "a, true", "ask, false", "ask, true"})
    void peerThatSendsOnWhileTheApplicationHasTheWordShouldBeHeldUpUntilItHasSpoken(String recipient, boolean tls)
            throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of("implicitTlsPort", "0"));
                TestClient client = server.greet(tls)) {
            deliveries.holdBack = true;
            deliveries.holdQuestionsBack = true;
            client.ask("EHLO client.example");
            client.send("MAIL FROM:<sender@client.example>\r\nRCPT TO:<" + recipient + "@accepted.example>\r\n");
            assertThat(client.reply()).startsWith("250 2.1.0");
            Runnable answer = recipient.equals("ask") ? question() : delivery(client);
            deliveries.holdBack = false;
            deliveries.holdQuestionsBack = false;
            Future<Void> sending = thread.submit(() -> sendAll(client));
            awaitHeldUp(server);
            assertThat(taken.get()).isPositive().isLessThan(MOST_TAKEN);
            assertThat(sending.isDone()).isFalse();
            answer.run();
            assertThat(client.reply()).startsWith("250 2.");
            for (int i = 0; i < GROUPS * LINES_OF_A_GROUP; i++) {
                assertThat(client.reply()).startsWith("250 2.0.0 OK");
            }
            sending.get(20, TimeUnit.SECONDS);
            assertThat(client.ask("QUIT")).startsWith("221 ");
        }
    }

    private Runnable question() throws InterruptedException {
        var question = deliveries.nextQuestion();
        return () -> question.accept(Optional.empty());
    }

    private Runnable delivery(TestClient client) throws Exception {
        assertThat(client.reply()).startsWith("250 2.1.5");
        assertThat(client.ask("DATA")).startsWith("354 ");
        client.send("text\r\n.\r\n");
        var outcome = deliveries.nextHeldBack();
        return () -> outcome.accept(new Reply(250, "2.0.0", "Accepted"));
    }

    private Void sendAll(TestClient client) throws IOException {
        for (int i = 0; i < GROUPS; i++) {
            client.send(GROUP);
            taken.addAndGet(GROUP.length);
        }
        return null;
    }

    /** Others have both event loops serve them, which then come by what the peer sends too. */
    private void awaitHeldUp(TestListener server) throws IOException {
        TestListener.await("nothing was sent", () -> taken.get() > 0);
        long before = -1;
        int still = 0;
        while (still < TURNS) {
            server.expectHonestMailToBeTaken();
            long now = taken.get();
            still = now == before ? still + 1 : 0;
            before = now;
        }
    }
}
