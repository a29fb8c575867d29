package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.Reply;
import org.postern.container.TestClient;
import org.postern.tls.Engine;
import org.postern.tls.Engines;

/** Connections over TLS that end otherwise than with QUIT and its reply, behind STARTTLS and on the port for implicit TLS. */
class TlsEndingTest {

    private static final Set<EndingTest.Progress> OVER_TLS =
            EnumSet.complementOf(EnumSet.of(EndingTest.Progress.BEFORE_HANDSHAKE));
    private static final String MESSAGE = EndingTest.Progress.IN_CONTENT.sent + ".\r\nNOOP\r\nQUIT\r\n";

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    /** How a peer ends what it sends. */
    enum Way {
        /** With close_notify, and replies can still be read (RFC 8446 section 6.1). */
        NOTIFY {
            @Override
            void end(TestClient client) throws IOException {
                client.shutDownOutput();
            }
        },
        /** By the end of the stream below TLS. */
        CUT {
            @Override
            void end(TestClient client) throws IOException {
                client.cutOutput();
            }
        },
        /** With a reset. */
        RESET {
            @Override
            void end(TestClient client) throws IOException {
                client.reset();
            }
        };

        abstract void end(TestClient client) throws IOException;

        /** BoringSSL writes nothing any more when close_notify has come. */
        boolean leavesReplies(Engine engine) {
            return this == CUT || this == NOTIFY && !engine.toString().contains("BoringSSL");
        }
    }

    static Stream<Arguments> enginesAndWays() {
        return Engines.available().flatMap(engine -> Stream.of(Way.values()).map(way -> Arguments.of(engine, way)));
    }

    @ParameterizedTest
    @MethodSource("enginesAndWays")
    void endInAnyPhaseShouldEndTheSessionAtOnceAndLeaveNothingBehind(Engine engine, Way way) throws Exception {
        try (TestListener server = server(engine)) {
            for (EndingTest.Progress progress : OVER_TLS) {
                for (boolean implicitTls : new boolean[] {false, true}) {
                    try (TestClient client = encrypted(server, implicitTls)) {
                        client.send(progress.sent);
                        way.end(client);
                        if (way.leavesReplies(engine)) {
                            assertThat(lastReply(client)).as(progress.name()).startsWith(lastOf(progress));
                        }
                    }
                    expectNothingLeft(server);
                }
            }
            server.expectHonestMailToBeTaken();
        }
    }

    @ParameterizedTest
    @MethodSource("enginesAndWays")
    void messageShouldBeDeliveredAlthoughItsSenderHasEnded(Engine engine, Way way) throws Exception {
        try (TestListener server = server(engine)) {
            deliveries.holdBack = true;
            for (boolean implicitTls : new boolean[] {false, true}) {
                try (TestClient client = encrypted(server, implicitTls)) {
                    client.send(MESSAGE);
                    Consumer<Reply> outcome = deliveries.nextHeldBack();
                    way.end(client);
                    passBothLoops(server);
                    outcome.accept(new Reply(250, "2.0.0", "Accepted"));
                    if (way.leavesReplies(engine)) {
                        for (String begin : new String[] {
                            "250 ", "250 2.1.0", "250 2.1.5", "354 ", "250 2.0.0 Accepted", "250 2.0.0 OK", "221 "
                        }) {
                            assertThat(client.reply()).startsWith(begin);
                        }
                        assertThat(client.line()).isNull();
                    }
                }
                assertThat(deliveries.taken).hasSize(1);
                deliveries.taken.clear();
                expectNothingLeft(server);
            }
            deliveries.holdBack = false;
            server.expectHonestMailToBeTaken();
        }
    }

    private TestListener server(Engine engine) throws IOException {
        var configured = Map.of("implicitTlsPort", "0", "contentIdleTimeout", "1h", "idleTimeout", "1h");
        return new TestListener(folder, deliveries, configured, engine);
    }

    private static TestClient encrypted(TestListener server, boolean implicitTls) throws IOException {
        TestClient client = server.greet(implicitTls);
        if (!implicitTls) {
            assertThat(client.ask("STARTTLS")).startsWith("220 ");
            client.tls();
        }
        return client;
    }

    /** Others are served behind what was sent: both event loops have come by the end by then. */
    private static void passBothLoops(TestListener server) throws IOException {
        for (int loop = 0; loop < 2; loop++) {
            try (TestClient other = server.greet(false)) {
                assertThat(other.ask("QUIT")).startsWith("221 ");
            }
        }
    }

    private static String lastReply(TestClient client) throws IOException {
        String last = "";
        for (String reply = client.reply(); reply != null; reply = client.reply()) {
            last = reply;
        }
        return last;
    }

    private static String lastOf(EndingTest.Progress progress) {
        return switch (progress) {
            case GREETED, HALF_A_LINE, IN_REFUSED_CHUNK, BEFORE_HANDSHAKE -> "";
            case HELLO_SAID -> "250 ";
            case SENDER_NAMED -> "250 2.1.0";
            case RECIPIENT_NAMED, IN_CHUNK -> "250 2.1.5";
            case DATA_BEGUN, IN_CONTENT, IN_LARGE_CONTENT -> "354 ";
            case BETWEEN_CHUNKS -> "250 2.0.0 20 octets";
        };
    }

    private void expectNothingLeft(TestListener server) {
        server.awaitNoSessions();
        TestListener.await("a file is left", () -> server.spooled().isEmpty());
        assertThat(deliveries.taken).isEmpty();
        Statistics statistics = server.listener.statistics();
        assertThat(statistics.get(Statistics.Figure.MESSAGES_REFUSED)).isZero();
        assertThat(statistics.tlsFailures()).isEmpty();
    }
}
