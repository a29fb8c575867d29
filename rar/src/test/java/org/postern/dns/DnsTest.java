package org.postern.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.dns.DnsException.Reason;
import org.postern.network.EventLoops;
import org.xbill.DNS.Rcode;

class DnsTest {

    private static ExecutorService threads;
    private static EventLoops loops;

    private final AtomicLong now = new AtomicLong();
    private TestDns server;
    private Dns dns;

    @BeforeAll
    static void startLoops() {
        threads = Executors.newCachedThreadPool();
        loops = new EventLoops(1, threads, DnsTest.class.getClassLoader());
    }

    @AfterAll
    static void stopLoops() {
        loops.close();
        threads.shutdownNow();
    }

    @BeforeEach
    void startServer() throws Exception {
        server = new TestDns();
        dns = dns(List.of(server.address()));
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Test
    void serversShouldComeByPreferenceAndEqualOnesInRandomOrder() throws Exception {
        server.with(
                "example.org. 60 IN MX 20 last.example.org.",
                "example.org. 60 IN MX 10 a.example.org.",
                "example.org. 60 IN MX 10 B.example.org.");
        Set<List<MailServer>> orders = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            List<MailServer> found = get(dns.mailServers("example.org"));
            assertThat(found).hasSize(3);
            assertThat(found.get(2)).isEqualTo(new MailServer(20, "last.example.org"));
            orders.add(found);
        }
        assertThat(orders).hasSize(2);
        assertThat(server.asked()).containsExactly("MX example.org");
    }

    @Test
    void domainWithoutMxShouldBeItsOwnServer() throws Exception {
        server.with("example.org. 60 IN A 127.0.0.1");
        assertThat(get(dns.mailServers("example.org"))).containsExactly(new MailServer(0, "example.org"));
    }

    @Test
    void nullMxShouldMeanNoMail() throws Exception {
        server.with("example.org. 60 IN MX 0 .", "example.org. 60 IN A 127.0.0.1");
        expect(dns.mailServers("example.org"), Reason.NO_MAIL);
    }

    @Test
    void unknownDomainShouldBeTold() {
        expect(dns.mailServers("nowhere.example"), Reason.NO_DOMAIN);
    }

    @Test
    void failureShouldNeverBeTakenForANo() throws Exception {
        server.with("example.org. 60 IN A 127.0.0.1")
                .failing("MX example.org", Rcode.SERVFAIL)
                .failing("MX refused.example", Rcode.REFUSED);
        expect(dns.mailServers("example.org"), Reason.UNAVAILABLE);
        expect(dns.mailServers("refused.example"), Reason.UNAVAILABLE);
        assertThat(server.asked()).as("no question about addresses").allMatch(asked -> asked.startsWith("MX"));
    }

    @Test
    void silentServerShouldBeAskedTwiceAndThenTheNext() throws Exception {
        server.with("example.org. 60 IN MX 10 mx.example.org.");
        try (TestDns mute = new TestDns()) {
            mute.silent("MX example.org");
            Dns both = new Dns(
                    loops,
                    () -> List.of(mute.address(), server.address()),
                    () -> Duration.ofMillis(100),
                    System::nanoTime);
            assertThat(get(both.mailServers("example.org"))).hasSize(1);
            Dns onlyMute =
                    new Dns(loops, () -> List.of(mute.address()), () -> Duration.ofMillis(100), System::nanoTime);
            expect(onlyMute.mailServers("example.org"), Reason.UNAVAILABLE);
            assertThat(mute.asked()).hasSize(3);
        }
    }

    @Test
    void aliasShouldBeFollowedWithinBounds() throws Exception {
        server.with(
                "example.org. 60 IN CNAME real.example.net.",
                "real.example.net. 60 IN MX 10 mx.example.net.",
                "round.example. 60 IN CNAME round.example.");
        assertThat(get(dns.mailServers("example.org"))).containsExactly(new MailServer(10, "mx.example.net"));
        expect(dns.mailServers("round.example"), Reason.UNAVAILABLE);
    }

    @Test
    void addressesShouldComeIPv6AndIPv4InTurns() throws Exception {
        server.with(
                "mx.example.org. 60 IN A 192.0.2.1",
                "mx.example.org. 60 IN A 192.0.2.2",
                "mx.example.org. 60 IN AAAA 2001:db8::1");
        assertThat(get(dns.addresses("mx.example.org")))
                .extracting(InetAddress::getHostAddress)
                .containsExactly("2001:db8:0:0:0:0:0:1", "192.0.2.1", "192.0.2.2");
    }

    @Test
    void oneFamilyThatCannotBeLookedUpShouldNotHideTheOther() throws Exception {
        server.with("mx.example.org. 60 IN A 192.0.2.1").failing("AAAA mx.example.org", Rcode.SERVFAIL);
        assertThat(get(dns.addresses("mx.example.org"))).hasSize(1);
        server.failing("A mx.example.org", Rcode.SERVFAIL);
        expect(dns(List.of(server.address())).addresses("mx.example.org"), Reason.UNAVAILABLE);
    }

    @Test
    void answerShouldHoldForItsTimeToLive() throws Exception {
        server.with("example.org. 60 IN MX 10 mx.example.org.");
        get(dns.mailServers("example.org"));
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        get(dns.mailServers("EXAMPLE.org."));
        assertThat(server.asked()).hasSize(1);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        get(dns.mailServers("example.org"));
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void longAnswerShouldComeOverTcp() throws Exception {
        for (int i = 0; i < 80; i++) {
            server.with("example.org. 60 IN MX 10 a-long-name-of-a-server-" + i + ".example.org.");
        }
        assertThat(get(dns.mailServers("example.org"))).hasSize(80);
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void internationalDomainShouldBeAskedInAscii() throws Exception {
        server.with("xn--bcher-kva.example. 60 IN MX 10 mx.example.org.");
        assertThat(get(dns.mailServers("bücher.example"))).hasSize(1);
    }

    @Test
    void noThreadShouldBeLeftBehind() throws Exception {
        server.with("example.org. 60 IN MX 10 mx.example.org.");
        get(dns.mailServers("example.org"));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("dnsjava"));
    }

    @Test
    void tableShouldBeBounded() {
        var cache = new AnswerCache<String>(2, now::get);
        cache.keep("a", "1", Duration.ofSeconds(60));
        cache.keep("b", "2", Duration.ofDays(30));
        assertThat(cache.find("a")).contains("1");
        cache.keep("c", "3", Duration.ofSeconds(60));
        assertThat(cache.find("b")).as("used longest ago").isEmpty();
        assertThat(cache.size()).isEqualTo(2);
        cache.keep("a", "4", Duration.ofDays(30));
        now.addAndGet(Duration.ofDays(1).toNanos() + 1);
        assertThat(cache.find("a")).as("a day at most").isEmpty();
    }

    private Dns dns(List<InetSocketAddress> servers) {
        return new Dns(loops, () -> servers, () -> Duration.ofSeconds(10), now::get);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static void expect(CompletableFuture<?> future, Reason reason) {
        assertThatThrownBy(() -> get(future))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        DnsException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
