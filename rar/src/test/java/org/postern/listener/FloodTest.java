package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.container.TestClient;

/** Floods from one address: those who come from elsewhere are served, and nothing of them is left. */
@Timeout(120)
class FloodTest {

    private static final int MANY = 400;
    private static final int HONEST = 10;
    private static final String TEXT = "Subject: x\r\n\r\ntext\r\n";
    private static final byte[] HALF_A_HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};

    /** More than an honest handshake takes on a machine that does other things, too. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(6);

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    /** How a handshake is begun and not gone on with. */
    private enum Handshake {
        AFTER_STARTTLS(false, FloodTest::starttls),
        HALF_AFTER_STARTTLS(false, client -> {
            starttls(client);
            client.send(HALF_A_HELLO);
        }),
        NOT_BEGUN(true, Flood.Beginning.SILENCE),
        HALF(true, client -> client.send(HALF_A_HELLO));

        private final boolean implicitTls;
        private final Flood.Beginning beginning;

        Handshake(boolean implicitTls, Flood.Beginning beginning) {
            this.implicitTls = implicitTls;
            this.beginning = beginning;
        }
    }

    @BeforeEach
    void requireAnotherAddress() {
        assumeTrue(Flood.isPossible(), "127.0.0.2 is no address of this machine");
    }

    @ParameterizedTest
    @EnumSource
    void handshakesThatDoNotEndShouldBeEndedInTimeAndHinderNobody(Handshake handshake) throws Exception {
        try (TestListener server = server(Map.of())) {
            long begun = System.nanoTime();
            try (Flood flood = flood(server, handshake.implicitTls, handshake.beginning)) {
                assertHonestAreServed(server);
                awaitSessions(server, MANY);
                flood.awaitEnd();
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(HANDSHAKE);
            }
            awaitSessions(server, 0);
            assertThat(server.listener.statistics().tlsFailures()).isEqualTo(Map.of("HANDSHAKE", (long) MANY));
            assertHonestAreServed(server);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsNoTlsShouldEndTheConnectionAtOnce(boolean implicitTls) throws Exception {
        try (TestListener server = server(Map.of("handshakeTimeout", "1h"));
                Flood flood = flood(server, implicitTls, client -> {
                    if (!implicitTls) {
                        starttls(client);
                    }
                    client.send("GET / HTTP/1.1\r\n\r\n");
                })) {
            assertHonestAreServed(server);
            flood.awaitEnd();
            awaitSessions(server, 0);
            assertThat(server.listener.statistics().tlsFailures()).isEqualTo(Map.of("HANDSHAKE", (long) MANY));
        }
    }

    @Test
    void sessionsBeyondThoseOfAnAddressShouldBeTurnedAwayAndOthersComeIn() throws Exception {
        try (TestListener server = server(Map.of("maxSessionsPerAddress", "20"))) {
            try (Flood flood = flood(server, false, Flood.Beginning.SILENCE)) {
                assertHonestAreServed(server);
                List<String> told = flood.lines();
                // Not always the first: connections are spread over event loops, of which one may be faster.
                Map<Boolean, List<String>> greeted =
                        told.stream().collect(Collectors.partitioningBy(line -> line.startsWith("220 ")));
                assertThat(greeted.get(true)).hasSize(20);
                assertThat(Set.copyOf(greeted.get(false)))
                        .isSubsetOf("", "421 4.7.0 Too many sessions from your address; try again later")
                        .hasSizeGreaterThan(0);
                assertThat(server.listener.statistics().limits())
                        .containsEntry("maxSessionsPerAddress", MANY - 20L)
                        .doesNotContainKey("maxSessions");
            }
            awaitSessions(server, 0);
        }
    }

    /** To say no takes a handshake there: so only some are told, and those who do not listen are not waited for long. */
    @Test
    void handshakesOfThoseToBeTurnedAwayShouldBeBounded() throws Exception {
        try (TestListener server = server(Map.of("maxSessionsPerAddress", "20"))) {
            try (Flood flood = flood(server, true, Flood.Beginning.SILENCE)) {
                awaitSessions(server, 20 + 256);
                assertHonestAreServed(server);
                flood.awaitEnd();
            }
            awaitSessions(server, 0);
            assertThat(server.listener.statistics().limits()).isEqualTo(Map.of("maxSessionsPerAddress", MANY - 20L));
            assertHonestAreServed(server);
        }
    }

    @Test
    void fullHouseShouldSayToTryLaterAndServeAgainWhenTheyHaveGone() throws Exception {
        try (TestListener server = server(Map.of("maxSessions", "100"))) {
            try (Flood flood = flood(server, false, TestClient::reply);
                    TestClient late = new TestClient(server.address(), false)) {
                assertThat(late.line()).isIn("421 4.3.2 Too many sessions; try again later", null);
                assertThat(server.listener.statistics().limits()).isEqualTo(Map.of("maxSessions", MANY - 100 + 1L));
                flood.hangUp();
                awaitSessions(server, 0);
                assertHonestAreServed(server);
            }
        }
    }

    private TestListener server(Map<String, String> configured) throws IOException {
        var values = new java.util.HashMap<>(Map.of(
                "implicitTlsPort", "0", "maxSessionsPerAddress", "0", "handshakeTimeout", HANDSHAKE.toSeconds() + "s"));
        values.putAll(configured);
        return new TestListener(folder, deliveries, values);
    }

    private static Flood flood(TestListener server, boolean implicitTls, Flood.Beginning beginning) throws IOException {
        return new Flood(implicitTls ? server.implicitTlsAddress() : server.address(), MANY, beginning);
    }

    private static void starttls(TestClient client) throws IOException {
        client.reply();
        client.ask("EHLO flood.example");
        assertThat(client.ask("STARTTLS")).startsWith("220 ");
    }

    private void assertHonestAreServed(TestListener server) throws IOException {
        for (int i = 0; i < HONEST; i++) {
            try (TestClient client = new TestClient(server.address(), false)) {
                client.reply();
                client.ask("EHLO client.example");
                client.ask("STARTTLS");
                client.tls();
                assertThat(client.message("a@accepted.example", TEXT)).startsWith("250 ");
            }
            try (TestClient client = new TestClient(server.implicitTlsAddress(), true)) {
                client.reply();
                assertThat(client.message("a@accepted.example", TEXT)).startsWith("250 ");
            }
        }
    }

    private static void awaitSessions(TestListener server, int number) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (server.listener.sessions() != number) {
            assertThat(System.nanoTime())
                    .as("there are %d sessions", server.listener.sessions())
                    .isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
