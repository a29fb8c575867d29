package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.certificate.Entry;
import org.postern.certificate.Fingerprints;
import org.postern.certificate.TestAuthority;
import org.postern.dns.TestDns;
import org.postern.tls.PolicySettings;

class ProbeTest {

    @AutoClose
    private static final TestClients clients = new TestClients();

    @TempDir
    private Path folder;

    @AutoClose
    private PolicyBench bench;

    private Entry served;

    @BeforeEach
    void start() throws Exception {
        bench = new PolicyBench(folder, clients, Map.of("clientTlsLevel", "REQUIRE_AND_VERIFY"));
        served = bench.authority.issue(TestAuthority.Request.server(Instant.now(), "localhost"));
    }

    @Test
    void goodServerShouldBeToldWithWhatItShows() throws Exception {
        try (FaultyPeer peer = peer(PolicyBench.server(served), FaultyPeer.Way.GOOD)) {
            String report = bench.probe.probe("localhost", peer.port());
            assertThat(report)
                    .startsWith("localhost:" + peer.port()
                            + " (127.0.0.1): TLSv1.3, TLS_AES_256_GCM_SHA384, key exchange X25519")
                    .contains("Certificate of ", "issued by CN=Test CA", "(0 days)")
                    .contains(Fingerprints.of(served.certificate().getPublicKey()))
                    .contains("NONE: would be delivered, in clear")
                    .contains("REQUIRE: would be delivered, encrypted")
                    .contains("REQUIRE_AND_VERIFY: would be delivered, verified (names localhost)");
            assertThat(peer.commands()).noneMatch(command -> command.contains("MAIL"));
            assertThat(bench.statistics.tlsConnections()).isZero();
        }
    }

    @Test
    void strangerShouldBeToldWithTheReason() throws Exception {
        Entry stranger = new TestAuthority("Another CA", Instant.now())
                .issue(TestAuthority.Request.server(Instant.now(), "localhost"));
        try (FaultyPeer peer = new FaultyPeer(
                PolicyBench.server(stranger),
                FaultyPeer.Way.GOOD,
                socket -> socket.setEnabledProtocols(new String[] {"TLSv1.2"}))) {
            assertThat(bench.probe.probe("127.0.0.1", peer.port()))
                    .contains("TLSv1.2", "key exchange X25519")
                    .contains("REQUIRE: would be delivered, encrypted")
                    .contains("REQUIRE_AND_VERIFY: would wait, UNTRUSTED");
        }
    }

    @Test
    void serverWithoutTlsShouldBeTold() throws Exception {
        try (FaultyPeer peer = peer(PolicyBench.server(served), FaultyPeer.Way.NO_STARTTLS)) {
            assertThat(bench.probe.probe("localhost", peer.port()))
                    .contains("STARTTLS was not offered", "ATTEMPT: would be delivered, in clear")
                    .contains("REQUIRE: would wait, NOT_OFFERED");
        }
        assertThat(bench.probe.probe("localhost", 1)).contains("no connection");
    }

    @Test
    void domainShouldBeExplainedWithoutAConnection() throws Exception {
        bench.settings.change(
                PolicySettings.POLICIES,
                "example.org level=REQUIRE_AND_VERIFY nextHop=127.0.0.1:1 verifyNames=mx.example.net; .example.net level=NONE"
                        + " monitor=true");
        assertThat(bench.probe.explain("example.org").lines())
                .contains(
                        "example.org: REQUIRE_AND_VERIFY, as the policy of example.org says.",
                        "Mail goes to 127.0.0.1:1 (NextHop of its policy).",
                        "Host 127.0.0.1: 127.0.0.1 port 1",
                        "Demanded: TLS or no delivery; the certificate must hold, TLSv1.3 or TLSv1.2.",
                        "The certificate must be for mx.example.net (VerifyNames of the policy).");
        bench.settings.change(OutboundSettings.NEXT_HOP, "127.0.0.1:2");
        assertThat(bench.probe.explain("sub.example.net").lines())
                .contains(
                        "sub.example.net: REQUIRE_AND_VERIFY, as the setting clientTlsLevel says.",
                        "The policy of .example.net only watches (Monitor): NONE would be demanded.",
                        "Mail goes to 127.0.0.1:2 (setting nextHop).",
                        "The certificate must be for 127.0.0.1 (the configured host).");
    }

    @Test
    void domainsServersShouldBeExplainedAndProbed() throws Exception {
        try (TestDns dns = new TestDns()
                        .with("example.org. 60 IN MX 10 mx.example.net.", "mx.example.net. 60 IN A 127.0.0.1");
                FaultyPeer peer = peer(PolicyBench.server(served), FaultyPeer.Way.GOOD)) {
            var environment = new Environment(
                    clients.loops(),
                    bench.environment.directions(),
                    bench.environment.timeouts(),
                    "gateway.example.org",
                    clients.servers(java.util.List.of(dns.address()), peer.port(), java.util.List.of()),
                    bench.environment.dead(),
                    bench.environment.openings());
            Probe probe = new Probe(environment, bench.policies, java.time.Clock.systemUTC());
            assertThat(probe.explain("example.org"))
                    .contains("Mail goes by its MX records.")
                    .contains("Host mx.example.net, preference 10: 127.0.0.1 port " + peer.port())
                    .contains("The certificate must be for example.org or .example.org");
            assertThat(probe.explain("nowhere.example")).contains("There is no domain nowhere.example. (554 5.1.2)");
            assertThat(probe.probeDomain("example.org"))
                    .startsWith("mx.example.net:" + peer.port())
                    .contains("would wait, NAME_MISMATCH")
                    .contains("(names example.org, .example.org)");
        }
    }

    private static FaultyPeer peer(SSLContext tls, FaultyPeer.Way way) throws Exception {
        return new FaultyPeer(tls, way);
    }
}
