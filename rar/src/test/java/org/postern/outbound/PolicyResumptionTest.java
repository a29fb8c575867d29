package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.certificate.Entry;
import org.postern.certificate.TestAuthority;
import org.postern.dns.TestDns;
import org.postern.tls.Engine;
import org.postern.tls.PolicySettings;

/** A TLS session is resumed only under the policy that it was made under, be the server the same. */
class PolicyResumptionTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));

    @AutoClose
    private static final TestClients clients = new TestClients();

    @TempDir
    private Path folder;

    static Stream<Arguments> ways() {
        return Stream.of(Engine.JDK, Engine.best()).distinct().flatMap(engine -> Stream.of("TLSv1.3", "TLSv1.2")
                .map(protocol -> Arguments.of(engine, protocol)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void changedPolicyShouldResumeNothing(Engine engine, String protocol) throws Exception {
        try (PolicyBench bench = new PolicyBench(folder, clients, Map.of(), engine);
                Served served = new Served(bench.authority, protocol, "localhost")) {
            NextHop hop = NextHop.of("localhost", served.peer.port());
            assertThat(served.isResumed(() -> deliver(bench, hop, TlsSession.Verification.NOT_CHECKED)))
                    .isFalse();
            assertThat(served.isResumed(() -> deliver(bench, hop, TlsSession.Verification.NOT_CHECKED)))
                    .as("what this test is about happens at all")
                    .isTrue();
            for (String terms : List.of(
                    "level=ATTEMPT",
                    "level=REQUIRE",
                    "level=REQUIRE_AND_VERIFY",
                    "level=REQUIRE_AND_VERIFY verifyNames=localhost",
                    "level=REQUIRE_AND_VERIFY minimumProtocol=" + protocol,
                    "level=REQUIRE")) {
                bench.settings.change(PolicySettings.POLICIES, "localhost " + terms);
                TlsSession.Verification expected = terms.contains("VERIFY")
                        ? TlsSession.Verification.VERIFIED
                        : TlsSession.Verification.NOT_CHECKED;
                assertThat(served.isResumed(() -> deliver(bench, hop, expected)))
                        .as(terms)
                        .isFalse();
                assertThat(served.isResumed(() -> deliver(bench, hop, expected)))
                        .as(terms)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void policiesOfTwoDomainsShouldNotResumeOneAnothersSessions(Engine engine, String protocol) throws Exception {
        try (PolicyBench bench = new PolicyBench(folder, clients, Map.of(), engine);
                Served served = new Served(bench.authority, protocol, "localhost")) {
            bench.settings.change(
                    PolicySettings.POLICIES,
                    "loose.example level=REQUIRE; alike.example level=REQUIRE; strict.example level=REQUIRE_AND_VERIFY");
            NextHop hop = NextHop.of("localhost", served.peer.port());
            for (int round = 0; round < 3; round++) {
                boolean wasThere = round > 0;
                assertThat(served.isResumed(() ->
                                deliver(bench, hop.forMailTo("loose.example"), TlsSession.Verification.NOT_CHECKED)))
                        .isEqualTo(wasThere);
                assertThat(served.isResumed(() ->
                                deliver(bench, hop.forMailTo("alike.example"), TlsSession.Verification.NOT_CHECKED)))
                        .isEqualTo(wasThere);
                assertThat(served.isResumed(() ->
                                deliver(bench, hop.forMailTo("strict.example"), TlsSession.Verification.VERIFIED)))
                        .isEqualTo(wasThere);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void unverifiedSessionShouldNotBeResumedWhereItWouldNotVerify(Engine engine, String protocol) throws Exception {
        try (PolicyBench bench = new PolicyBench(folder, clients, Map.of(), engine);
                Served served = new Served(new TestAuthority("Another CA", Instant.now()), protocol, "localhost")) {
            bench.settings.change(PolicySettings.POLICIES, "strict.example level=REQUIRE_AND_VERIFY");
            NextHop hop = NextHop.of("localhost", served.peer.port());
            for (int round = 0; round < 2; round++) {
                deliver(bench, hop, TlsSession.Verification.NOT_CHECKED);
                assertThat(served.isResumed(() -> refuse(bench, hop.forMailTo("strict.example"), TlsFailure.UNTRUSTED)))
                        .isFalse();
            }
            assertThat(served.peer.messages()).hasSize(2);
        }
    }

    /** Under one policy and with one server it may be resumed; whom it is for is asked anew. */
    @ParameterizedTest
    @MethodSource("ways")
    void sessionThatWasVerifiedForOneDomainShouldNotDoForAnother(Engine engine, String protocol) throws Exception {
        try (PolicyBench bench =
                        new PolicyBench(folder, clients, Map.of("clientTlsLevel", "REQUIRE_AND_VERIFY"), engine);
                Served served = new Served(bench.authority, protocol, "right.example");
                TestDns dns = new TestDns()
                        .with(
                                "right.example. 60 IN MX 10 mx.example.net.",
                                "wrong.example. 60 IN MX 10 mx.example.net.",
                                "mx.example.net. 60 IN A 127.0.0.1")) {
            var environment = new Environment(
                    clients.loops(),
                    bench.environment.directions(),
                    bench.environment.timeouts(),
                    "gateway.example.org",
                    clients.servers(List.of(dns.address()), served.peer.port(), List.of()),
                    bench.environment.dead(),
                    bench.environment.openings());
            Client client = new Client(environment, bench.statistics);
            for (int round = 0; round < 2; round++) {
                assertThat(verification(client, NextHop.forDomain("right.example")))
                        .isEqualTo(TlsSession.Verification.VERIFIED);
                MailDeliveryException failure = catchThrowableOfType(
                        MailDeliveryException.class, () -> verification(client, NextHop.forDomain("wrong.example")));
                assertThat(failure).isNotNull();
                assertThat(failure.tlsFailure()).contains(TlsFailure.NAME_MISMATCH);
            }
            assertThat(served.peer.messages()).hasSize(2);
        }
    }

    private static void deliver(PolicyBench bench, NextHop hop, TlsSession.Verification expected) throws Exception {
        assertThat(verification(bench.client, hop)).isEqualTo(expected);
    }

    private static void refuse(PolicyBench bench, NextHop hop, TlsFailure expected) {
        MailDeliveryException failure =
                catchThrowableOfType(MailDeliveryException.class, () -> verification(bench.client, hop));
        assertThat(failure).isNotNull();
        assertThat(failure.tlsFailure()).contains(expected);
    }

    private static TlsSession.Verification verification(Client client, NextHop hop) throws MailDeliveryException {
        try (Connection connection = client.connection(hop)) {
            Receipt receipt = connection.send(ENVELOPE, CONTENT);
            return receipt.tls().orElseThrow().verification();
        }
    }

    /** A server, and how often it showed its certificate. */
    private static final class Served implements AutoCloseable {

        private final CountingKeys keys;
        private final FaultyPeer peer;

        Served(TestAuthority authority, String protocol, String name) throws Exception {
            Entry entry = authority.issue(TestAuthority.Request.server(Instant.now(), name));
            keys = new CountingKeys(entry);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, null, null);
            peer = new FaultyPeer(
                    context, FaultyPeer.Way.GOOD, socket -> socket.setEnabledProtocols(new String[] {protocol}));
        }

        /** {@return whether what was done needed no certificate} */
        boolean isResumed(Doing something) throws Exception {
            int before = keys.fullHandshakes();
            something.run();
            return keys.fullHandshakes() == before;
        }

        @Override
        public void close() throws IOException {
            peer.close();
        }
    }

    /** Something that makes a connection. */
    @FunctionalInterface
    private interface Doing {
        void run() throws Exception;
    }
}
