package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Reply;
import org.postern.TlsFailure;
import org.postern.certificate.TestAuthority;
import org.postern.management.OutboundStatisticsBean;

/** What an administrator puts back, and what he does not. */
class OutboundStatisticsTest {

    private static final NextHop HOP = NextHop.of("mx.example.org", 25);

    private final DeadHosts dead =
            new DeadHosts(() -> new DeadHosts.Pauses(Duration.ofHours(1), Duration.ofHours(1)), System::nanoTime);
    private final OutboundStatistics statistics = new OutboundStatistics();
    private final List<String> audited = new ArrayList<>();
    private final OutboundStatisticsBean bean = new OutboundStatisticsBean(statistics, dead, audited::add);

    @Test
    void resetShouldKeepStoppedDomainsAndDeadAddresses() {
        List<DeliveryNews> told = new ArrayList<>();
        statistics.observe(told::add);
        Reply waits = new Reply(454, "4.7.5", "x");
        statistics.keptBack(HOP, new MailDeliveryException("x.", waits, TlsFailure.UNTRUSTED, null));
        statistics.sent(HOP, false);
        dead.failed(new InetSocketAddress("127.0.0.1", 1));
        bean.reset();
        assertThat(bean.getNotDelivered()).isZero();
        assertThat(bean.getStoppedDomains()).containsExactly("mx.example.org");
        assertThat(bean.getDeadAddresses()).isOne();
        statistics.sent(HOP, true);
        assertThat(told).extracting(DeliveryNews::healed).containsExactly(false, true);
        assertThat(bean.getStoppedDomains()).isEmpty();
    }

    @Test
    void deadAddressesShouldBeTriedAgainWhenAnAdministratorSaysSo() {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 1);
        dead.failed(address);
        assertThat(dead.admit(address).pause()).isPresent();
        assertThat(bean.retryDeadAddresses()).contains("forgot 1 addresses");
        assertThat(dead.admit(address).pause()).isEmpty();
        assertThat(audited).hasSize(1);
    }

    @Test
    void probeShouldNeitherAskNorTellWhoIsDead(@TempDir Path folder) throws Exception {
        try (TestClients clients = new TestClients();
                PolicyBench bench = new PolicyBench(folder, clients, Map.of());
                FaultyPeer peer = new FaultyPeer(
                        bench.server(TestAuthority.Request.server(Instant.now(), "localhost")), FaultyPeer.Way.GOOD)) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", peer.port());
            dead.failed(address);
            var environment = new Environment(
                    clients.loops(),
                    bench.environment.directions(),
                    bench.environment.timeouts(),
                    "gateway.example.org",
                    bench.environment.servers(),
                    dead,
                    bench.environment.openings());
            var probe = new Probe(environment, bench.policies, Clock.systemUTC());
            assertThat(probe.probe("127.0.0.1", peer.port())).contains("TLSv1.3");
            assertThat(dead.admit(address).pause()).isPresent();
            assertThat(probe.probe("127.0.0.1", 1)).contains("no connection");
            assertThat(dead.size()).isOne();
        }
    }
}
