package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.container.TestClient;

/** What becomes of bare CR and LF where nothing is configured: that depends on whether the peer is trusted. */
class BareNewlineTest {

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    @ParameterizedTest
    @CsvSource({"false, '\n'", "false, '\r'", "true, '\n'", "true, '\r'"})
    void untrustedPeerShouldBeRefusedBehindTheEndOfItsMessage(boolean chunked, String bare) throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of());
                TestClient client = server.greet(false)) {
            assertThat(message(client, chunked, "a" + bare + "b\r\n")).startsWith("550 5.5.2");
            assertThat(client.ask("NOOP")).startsWith("250 2.0.0 OK");
            assertThat(deliveries.taken).isEmpty();
            assertThat(server.listener.statistics().get(Statistics.Figure.MESSAGES_REFUSED))
                    .isEqualTo(1);
            assertThat(server.listener.statistics().refusals()).containsExactly(Map.entry(550, 1L));
            assertThat(message(client, chunked, "a\r\nb\r\n")).startsWith("250 2.0.0");
            server.expectHonestMailToBeTaken();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, '\n'", "false, '\r'", "true, '\n'", "true, '\r'"})
    void messageOfATrustedPeerShouldBeTakenWithCompleteLineEnds(boolean chunked, String bare) throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of())) {
            server.trusted = peer -> true;
            try (TestClient client = server.greet(false)) {
                assertThat(message(client, chunked, "a" + bare + "b\r\n")).startsWith("250 2.0.0");
                assertThat(deliveries.taken.get(0).content()).endsWith("\r\nSubject: x\r\n\r\na\r\nb\r\n");
            }
            server.expectHonestMailToBeTaken();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, REJECT, 550 5.5.2", "false, NORMALIZE, 250 2.0.0"})
    void choiceShouldHoldForAllPeers(boolean trusted, BareNewline choice, String reply) throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of("bareNewline", choice.name()))) {
            server.trusted = peer -> trusted;
            try (TestClient client = server.greet(false)) {
                assertThat(message(client, false, "a\nb\r\n")).startsWith(reply);
                assertThat(message(client, true, "a\nb\r\n")).startsWith(reply);
            }
            server.expectHonestMailToBeTaken();
        }
    }

    private static String message(TestClient client, boolean chunked, String body) throws IOException {
        String content = "Subject: x\r\n\r\n" + body;
        return chunked ? client.chunk("a@accepted.example", content) : client.message("a@accepted.example", content);
    }
}
