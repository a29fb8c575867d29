package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.Reply;
import org.postern.container.TestClient;
import org.postern.listener.EndingTest.Progress;

/** Connections that end behind a TLS handshake in the middle of something: nothing is lost, nothing is left, others are served. */
class EndingWithTlsTest {

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BEFORE_HANDSHAKE")
    void resetShouldLeaveNothingBehind(Progress progress) throws Exception {
        try (TestListener server = server()) {
            try (TestClient client = sent(server, progress.sent)) {
                client.reset();
            }
            expectNothingLeft(server);
        }
    }

    /** The client says by the end of its TLS that nothing more comes (RFC 8446 section 6.1), and reads what is still said to it. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BEFORE_HANDSHAKE")
    void endOfTlsShouldEndTheSessionAtOnce(Progress progress) throws Exception {
        try (TestListener server = server()) {
            try (TestClient client = sent(server, progress.sent)) {
                client.shutDownOutput();
                for (String line = client.line(); line != null; line = client.line()) {
                    assertThat(line).matches("[235]\\d\\d[ -].*");
                }
            }
            expectNothingLeft(server);
        }
    }

    /** The reply may still reach the client, or not any more: whoever ends TLS does not wait for it. */
    @Test
    void endOfTlsDuringADeliveryShouldLeaveNothingBehindOnceItHasEnded() throws Exception {
        try (TestListener server = server()) {
            deliveries.holdBack = true;
            try (TestClient client =
                    sent(server, EndingTest.MAIL + EndingTest.RCPT + "DATA\r\n" + EndingTest.CONTENT + ".\r\n")) {
                Consumer<Reply> outcome = deliveries.nextHeldBack();
                client.shutDownOutput();
                outcome.accept(new Reply(250, "2.0.0", "Accepted"));
                for (String line = client.line(); line != null; line = client.line()) {
                    assertThat(line).matches("[23]\\d\\d[ -].*");
                }
            }
            deliveries.holdBack = false;
            deliveries.taken.clear();
            expectNothingLeft(server);
        }
    }

    private TestListener server() throws IOException {
        return new TestListener(
                folder, deliveries, Map.of("contentIdleTimeout", "1h", "idleTimeout", "1h", "implicitTlsPort", "0"));
    }

    private static TestClient sent(TestListener server, String dialogue) throws IOException {
        TestClient client = server.greet(true);
        client.send(dialogue);
        return client;
    }

    private void expectNothingLeft(TestListener server) throws IOException {
        server.awaitNoSessions();
        TestListener.await("a file is left", () -> server.spooled().isEmpty());
        assertThat(deliveries.taken).isEmpty();
        Statistics statistics = server.listener.statistics();
        assertThat(statistics.get(Statistics.Figure.CLEAR_SESSIONS)).isZero();
        assertThat(statistics.tlsFailures()).isEmpty();
        assertThat(statistics.get(Statistics.Figure.MESSAGES_REFUSED)).isZero();
        server.expectHonestMailToBeTaken();
    }
}
