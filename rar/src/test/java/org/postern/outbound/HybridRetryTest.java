package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.TlsFailure;
import org.postern.certificate.Entry;
import org.postern.certificate.Fingerprints;
import org.postern.certificate.TestAuthority;
import org.postern.tls.Engine;
import org.postern.tls.PolicySettings;
import org.postern.tls.TlsSettings;

/**
 * A server that breaks on the long hello of post-quantum key exchange is tried once without, under the same policy, before
 * anything else follows from it.
 */
class HybridRetryTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));

    @AutoClose
    private static final TestClients clients = new TestClients();

    @TempDir
    private Path folder;

    @AutoClose
    private PolicyBench bench;

    private Entry served;

    @BeforeAll
    static void startClients() {
        assumeTrue(Engine.best().hasHybrid(), "skipped: the engine has no post-quantum key exchange");
    }

    @BeforeEach
    void start() throws Exception {
        bench = new PolicyBench(folder, clients, Map.of("clientTlsLevel", "NONE", "clientHandshakeTimeout", "2s"));
        served = bench.authority.issue(TestAuthority.Request.server(Instant.now(), "localhost"));
    }

    @ParameterizedTest
    @CsvSource({
        "LONG_HELLO_CLOSED, ATTEMPT",
        "LONG_HELLO_CLOSED, REQUIRE",
        "LONG_HELLO_CLOSED, REQUIRE_AND_VERIFY",
        "LONG_HELLO_LOST, ATTEMPT",
        "LONG_HELLO_LOST, REQUIRE_AND_VERIFY"
    })
    void shortHelloShouldDoBeforeAnythingElse(FaultyPeer.Way way, String level) throws Exception {
        policy("level=" + level + " minimumProtocol=TLSv1.3");
        try (FaultyPeer peer = peer(way)) {
            Receipt receipt = send(peer);
            assertThat(receipt.tls()).isPresent();
            assertThat(receipt.tls().get().protocol()).isEqualTo("TLSv1.3");
            assertThat(receipt.tls().get().isVerified()).isEqualTo(level.equals("REQUIRE_AND_VERIFY"));
            assertThat(peer.connections()).isEqualTo(2);
            assertThat(peer.messages()).hasSize(1).allMatch(message -> message.startsWith("tls "));
            assertNothingFollowed();
        }
    }

    @Test
    void serverThatTookAShortHelloShouldBeSentOneNextTime() throws Exception {
        policy("level=REQUIRE");
        try (FaultyPeer peer = peer(FaultyPeer.Way.LONG_HELLO_CLOSED)) {
            assertThat(send(peer).tls()).isPresent();
            assertThat(send(peer).tls()).isPresent();
            assertThat(peer.connections()).isEqualTo(3);
        }
    }

    /** What it wants to know is what a server would choose now. */
    @Test
    void probeShouldOfferEverythingEachTime() throws Exception {
        try (FaultyPeer peer = peer(FaultyPeer.Way.LONG_HELLO_CLOSED)) {
            assertThat(bench.probe.probe("localhost", peer.port())).contains("key exchange X25519");
            assertThat(bench.probe.probe("localhost", peer.port())).contains("key exchange X25519");
            assertThat(peer.connections()).isEqualTo(4);
        }
    }

    @Test
    void demandsShouldHoldWithAShortHelloToo() throws Exception {
        try (FaultyPeer peer = peer(FaultyPeer.Way.LONG_HELLO_CLOSED)) {
            policy("level=REQUIRE pins=" + "00".repeat(32));
            assertThat(failure(peer).tlsFailure()).contains(TlsFailure.PIN_MISMATCH);
            policy("level=REQUIRE_AND_VERIFY verifyNames=elsewhere.example");
            assertThat(failure(peer).tlsFailure()).contains(TlsFailure.NAME_MISMATCH);
            assertThat(peer.connections()).isEqualTo(4);
            assertThat(peer.messages()).isEmpty();
            policy("level=REQUIRE pins=" + Fingerprints.of(served.certificate().getPublicKey()));
            assertThat(send(peer).tls()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUIRE", "REQUIRE_AND_VERIFY"})
    void shortHelloShouldBeTriedOnceOnly(String level) throws Exception {
        policy("level=" + level);
        try (FaultyPeer peer = peer(FaultyPeer.Way.HANDSHAKE_BROKEN)) {
            assertThat(failure(peer).tlsFailure()).contains(TlsFailure.HANDSHAKE);
            assertThat(peer.connections()).isEqualTo(2);
            assertThat(bench.statistics.tlsFailures(TlsFailure.HANDSHAKE)).isEqualTo(1);
        }
    }

    @Test
    void clearTextShouldComeAfterTheShortHello() throws Exception {
        policy("level=ATTEMPT");
        try (FaultyPeer peer = peer(FaultyPeer.Way.HANDSHAKE_BROKEN)) {
            assertThat(send(peer).tls()).isEmpty();
            assertThat(peer.connections()).isEqualTo(3);
            assertThat(bench.statistics.tlsFailures(TlsFailure.HANDSHAKE)).isEqualTo(1);
            assertThat(bench.statistics.clearRetries()).isEqualTo(1);
        }
    }

    /** What the certificate is refused for, a short hello would not mend. */
    @Test
    void refusedCertificateShouldBeNoReasonForAShortHello() throws Exception {
        policy("level=REQUIRE_AND_VERIFY verifyNames=elsewhere.example");
        try (FaultyPeer peer = peer(FaultyPeer.Way.GOOD)) {
            assertThat(failure(peer).tlsFailure()).contains(TlsFailure.NAME_MISMATCH);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    @Test
    void engineWithoutItShouldNotTryTwice() throws Exception {
        try (PolicyBench jdk = new PolicyBench(
                        folder.resolve("jdk"),
                        clients,
                        Map.of(TlsSettings.CLIENT_LEVEL.name(), "REQUIRE"),
                        Engine.JDK);
                FaultyPeer peer = peer(FaultyPeer.Way.HANDSHAKE_BROKEN);
                Connection connection = jdk.client.connection(NextHop.of("localhost", peer.port()))) {
            assertThat(catchThrowableOfType(MailDeliveryException.class, () -> connection.send(ENVELOPE, CONTENT))
                            .tlsFailure())
                    .contains(TlsFailure.HANDSHAKE);
            assertThat(peer.connections()).isEqualTo(1);
        }
    }

    private void assertNothingFollowed() {
        for (TlsFailure reason : TlsFailure.values()) {
            assertThat(bench.statistics.tlsFailures(reason)).as(reason.name()).isZero();
        }
        assertThat(bench.statistics.clearRetries()).isZero();
        assertThat(bench.statistics.stoppedDomains()).isEmpty();
    }

    private void policy(String terms) {
        bench.settings.change(PolicySettings.POLICIES, "localhost " + terms);
    }

    private FaultyPeer peer(FaultyPeer.Way way) throws Exception {
        return new FaultyPeer(PolicyBench.server(served), way);
    }

    private Receipt send(FaultyPeer peer) throws MailDeliveryException {
        try (Connection connection = bench.client.connection(NextHop.of("localhost", peer.port()))) {
            return connection.send(ENVELOPE, CONTENT);
        }
    }

    private MailDeliveryException failure(FaultyPeer peer) {
        MailDeliveryException failure = catchThrowableOfType(MailDeliveryException.class, () -> send(peer));
        assertThat(failure).isNotNull();
        return failure;
    }
}
