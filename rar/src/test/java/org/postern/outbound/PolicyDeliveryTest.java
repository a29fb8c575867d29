package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.TlsFailure;
import org.postern.certificate.Entry;
import org.postern.certificate.Fingerprints;
import org.postern.certificate.TestAuthority;
import org.postern.tls.PolicySettings;
import org.postern.tls.TlsSettings;

/** What a policy does to mail under way. */
class PolicyDeliveryTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));

    @AutoClose
    private static final TestClients clients = new TestClients();

    @TempDir
    private Path folder;

    private PolicyBench bench;
    private Entry served;
    private FaultyPeer peer;

    @BeforeEach
    void start() throws Exception {
        bench = new PolicyBench(folder, clients, Map.of("clientTlsLevel", "ATTEMPT"));
        served = bench.authority.issue(TestAuthority.Request.server(Instant.now(), "localhost"));
        peer = peer(PolicyBench.server(served));
    }

    @AfterEach
    void stop() throws Exception {
        peer.close();
        bench.close();
    }

    @Test
    void changedPolicyShouldHoldFromTheNextMessageOn() throws Exception {
        try (Connection connection = bench.client.connection(hop())) {
            assertThat(connection.send(ENVELOPE, CONTENT).tls().orElseThrow().isVerified())
                    .isFalse();
            connection.send(ENVELOPE, CONTENT);
            assertThat(peer.connections()).isEqualTo(1);
            policy("localhost level=REQUIRE_AND_VERIFY");
            assertThat(connection.send(ENVELOPE, CONTENT).tls().orElseThrow().isVerified())
                    .isTrue();
            policy("elsewhere.example level=NONE; localhost level=REQUIRE_AND_VERIFY");
            connection.send(ENVELOPE, CONTENT);
            assertThat(peer.connections())
                    .as("another domain's policy is no reason")
                    .isEqualTo(2);
            policy("localhost level=REQUIRE_AND_VERIFY verifyNames=mx.example.org");
            assertThat(failure(connection).tlsFailure()).contains(TlsFailure.NAME_MISMATCH);
            policy("");
            connection.send(ENVELOPE, CONTENT);
        }
        assertThat(peer.messages()).hasSize(5);
    }

    @Test
    void recipientsDomainShouldDecideBeforeTheNextHop() throws Exception {
        policy("localhost level=REQUIRE_AND_VERIFY verifyNames=elsewhere.example; example.org level=REQUIRE");
        assertThat(send(hop().forMailTo("example.org")).tls()).isPresent();
        MailDeliveryException failure = failure(hop().forMailTo("example.net"));
        assertThat(failure.tlsFailure()).contains(TlsFailure.NAME_MISMATCH);
        assertThat(failure)
                .hasMessageContaining("localhost:" + peer.port())
                .hasMessageContaining("the policy of localhost says REQUIRE_AND_VERIFY");
    }

    @Test
    void pinnedKeyShouldHaveToMatchBesidesWhatTheLevelChecks() throws Exception {
        String right = Fingerprints.of(served.certificate().getPublicKey());
        String wrong = "00".repeat(32);
        for (String level : List.of("REQUIRE", "REQUIRE_AND_VERIFY")) {
            policy("localhost level=" + level + " pins=" + wrong);
            assertThat(failure(hop()).tlsFailure()).contains(TlsFailure.PIN_MISMATCH);
            policy("localhost level=" + level + " pins=" + wrong + "," + right);
            assertThat(send(hop()).tls().orElseThrow().isVerified()).isEqualTo(level.endsWith("VERIFY"));
        }
        policy("localhost level=REQUIRE_AND_VERIFY verifyNames=other.example pins=" + right);
        assertThat(failure(hop()).tlsFailure()).contains(TlsFailure.NAME_MISMATCH);
    }

    @Test
    void minimumProtocolShouldHold() throws Exception {
        peer.close();
        peer = new FaultyPeer(
                PolicyBench.server(served),
                FaultyPeer.Way.GOOD,
                socket -> socket.setEnabledProtocols(new String[] {"TLSv1.2"}));
        policy("localhost level=REQUIRE");
        assertThat(send(hop()).tls().orElseThrow().protocol()).isEqualTo("TLSv1.2");
        policy("localhost level=REQUIRE minimumProtocol=TLSv1.3");
        assertThat(failure(hop()).tlsFailure()).contains(TlsFailure.PROTOCOL);
        assertThatThrownBy(() -> bench.settings.change(TlsSettings.CLIENT_PROTOCOLS, "TLSv1.2"))
                .hasMessageContaining("The policy of localhost demands TLSv1.3");
    }

    @Test
    void certificateShouldBeShownOnlyWhereThePolicySays() throws Exception {
        Entry ours = bench.authority.issue(TestAuthority.Request.client(Instant.now(), "gateway.example.org"));
        bench.store.add(ours);
        var asking = new PolicyBench.Shown();
        peer.close();
        peer = new FaultyPeer(
                PolicyBench.server(served, asking), FaultyPeer.Way.GOOD, socket -> socket.setWantClientAuth(true));
        send(hop());
        assertThat(asking.seen).isEmpty();
        policy("localhost level=REQUIRE clientCertificate=" + ours.alias());
        send(hop());
        assertThat(asking.seen).containsExactly(ours.certificate());
        assertThatThrownBy(() -> policy("localhost level=REQUIRE clientCertificate=nothing"))
                .hasMessageContaining("There is no certificate nothing");
        assertThat(bench.settings.text(PolicySettings.POLICIES)).contains("clientCertificate=" + ours.alias());
    }

    @Test
    void ignoredExtensionShouldNotBeUsed() throws Exception {
        policy("localhost level=ATTEMPT ignoredExtensions=STARTTLS");
        assertThat(send(hop()).tls()).isEmpty();
        assertThat(peer.commands()).noneMatch(command -> command.contains("STARTTLS"));
    }

    @Test
    void monitoredPolicyShouldDecideNothingAndTellWhatWouldHaveFailed() throws Exception {
        policy("localhost level=REQUIRE_AND_VERIFY verifyNames=other.example monitor=true");
        assertThat(send(hop()).tls()).isPresent();
        assertThat(bench.statistics.ofPolicy("localhost")).containsEntry("would-fail NAME_MISMATCH", 1L);
        policy("localhost level=REQUIRE_AND_VERIFY monitor=true");
        send(hop());
        assertThat(bench.statistics.ofPolicy("localhost")).containsOnlyKeys("would-fail NAME_MISMATCH");
    }

    @Test
    void policyShouldGiveTheWayOfADomain() throws Exception {
        policy("example.org level=REQUIRE nextHop=localhost:" + peer.port());
        Receipt receipt = send(NextHop.forDomain("example.org"));
        assertThat(receipt.tls()).isPresent();
        assertThat(receipt.nextHop().host()).isEqualTo("localhost");
        bench.settings.change(OutboundSettings.NEXT_HOP, "localhost:" + peer.port());
        assertThat(send(NextHop.forDomain("example.net")).nextHop().port()).isEqualTo(peer.port());
    }

    @Test
    void policiesShouldSurviveARestartAndBecomeStrictWhenTheyAreLost() throws Exception {
        policy("localhost level=REQUIRE");
        bench.close();
        bench = new PolicyBench(folder, clients, Map.of());
        assertThat(bench.policies.find("localhost")).isPresent();
        bench.close();
        Files.writeString(folder.resolve("settings.properties"), "policies=localhost level=MAYBE\n");
        bench = new PolicyBench(folder, clients, Map.of("clientTlsLevel", "NONE"));
        assertThat(failure(hop()).tlsFailure()).contains(TlsFailure.UNTRUSTED);
        assertThat(bench.health.problems()).anyMatch(problem -> problem.contains("policies"));
    }

    @Test
    void stoppedDeliveryShouldBeToldAtOnceThenHourlyAndWhenItHeals() throws Exception {
        List<DeliveryNews> told = new ArrayList<>();
        bench.statistics.observe(told::add);
        policy("localhost level=REQUIRE pins=" + "00".repeat(32));
        failure(hop());
        failure(hop());
        failure(hop());
        assertThat(told).hasSize(1);
        bench.now.addAndGet(Duration.ofHours(1).toNanos());
        failure(hop());
        assertThat(told).hasSize(2);
        assertThat(told.get(1))
                .extracting(DeliveryNews::reason, DeliveryNews::messages)
                .containsExactly("PIN_MISMATCH", 3L);
        assertThat(bench.statistics.stoppedDomains()).containsExactly("localhost");
        policy("");
        send(hop());
        send(hop());
        assertThat(told).hasSize(3);
        assertThat(told.get(2).healed()).isTrue();
        assertThat(bench.peers.lines()).singleElement().asString().contains("to localhost: 0 in clear, 2 with TLS");
        assertThat(bench.statistics.results()).containsEntry("ATTEMPT encrypted", 2L);
    }

    @Test
    void connectionShouldBeGivenUpAfterAsManyMessagesAsAreSet() throws Exception {
        Duration any = Duration.ofSeconds(20);
        var two = new Timeouts(any, any, any, any, any, any, any, new Lifetime(2, Duration.ZERO));
        var environment = new Environment(
                clients.loops(),
                bench.environment.directions(),
                () -> two,
                "gateway.example.org",
                bench.environment.servers(),
                bench.environment.dead(),
                bench.environment.openings());
        try (Connection connection = new Client(environment, bench.statistics).connection(hop())) {
            for (int i = 0; i < 5; i++) {
                connection.send(ENVELOPE, CONTENT);
            }
        }
        assertThat(peer.connections()).isEqualTo(3);
        assertThat(new Lifetime(0, Duration.ofMinutes(1)).isOver(7, Duration.ofSeconds(59)))
                .isFalse();
        assertThat(new Lifetime(0, Duration.ofMinutes(1)).isOver(7, Duration.ofSeconds(60)))
                .isTrue();
    }

    @Test
    void manySendersShouldMakeOneContextOfAPolicy() throws Exception {
        policy("localhost level=REQUIRE");
        var first = bench.policies.decide(hop()).tls();
        AtomicInteger others = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            others.addAndGet(bench.policies.decide(hop()).tls() == first ? 0 : 1);
        }
        assertThat(others).hasValue(0);
    }

    private void policy(String text) {
        bench.settings.change(PolicySettings.POLICIES, text);
    }

    private NextHop hop() {
        return NextHop.of("localhost", peer.port());
    }

    private static FaultyPeer peer(SSLContext tls) throws Exception {
        return new FaultyPeer(tls, FaultyPeer.Way.GOOD);
    }

    private Receipt send(NextHop nextHop) throws MailDeliveryException {
        try (Connection connection = bench.client.connection(nextHop)) {
            return connection.send(ENVELOPE, CONTENT);
        }
    }

    private MailDeliveryException failure(NextHop nextHop) {
        MailDeliveryException failure = catchThrowableOfType(MailDeliveryException.class, () -> send(nextHop));
        assertThat(failure).isNotNull();
        return failure;
    }

    private static MailDeliveryException failure(Connection connection) {
        MailDeliveryException failure =
                catchThrowableOfType(MailDeliveryException.class, () -> connection.send(ENVELOPE, CONTENT));
        assertThat(failure).isNotNull();
        return failure;
    }
}
