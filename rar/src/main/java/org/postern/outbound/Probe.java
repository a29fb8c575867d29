package org.postern.outbound;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Decision;
import org.postern.tls.Peer;
import org.postern.tls.Policies;
import org.postern.tls.Policy;

/**
 * Tries out a server or all of a domain's: connects, says EHLO and STARTTLS, and goes. No mail is sent, nothing is counted, and
 * neither the memory of dead hosts nor those who wait for greetings are asked or told.
 */
public final class Probe {

    private static final Duration EACH = Duration.ofSeconds(10);
    private static final Duration ALL = Duration.ofSeconds(60);
    private static final Policy ENCRYPTED = Policy.of("encrypted.probe.invalid", ClientLevel.REQUIRE);
    private static final Policy VERIFIED = Policy.of("verified.probe.invalid", ClientLevel.REQUIRE_AND_VERIFY);

    private final Environment environment;
    private final Policies policies;
    private final Clock clock;

    /**
     * Makes one.
     *
     * @param environment what connections need
     * @param policies what is demanded
     * @param clock tells how long certificates are still valid
     */
    public Probe(Environment environment, Policies policies, Clock clock) {
        this.environment = environment;
        this.policies = policies;
        this.clock = clock;
    }

    /** {@return what would be done about mail to a domain, in lines} */
    public String explain(String domain) {
        NextHop asked = NextHop.forDomain(domain);
        Terms terms = client().terms(asked, Optional.empty());
        boolean own = policies.deciding(domain).flatMap(Policy::nextHop).isPresent();
        return Explanation.of(domain, terms, environment.servers(), own);
    }

    /** {@return what a server shows, in lines} */
    public String probe(String host, int port) {
        return probe(NextHop.of(host, port));
    }

    /** {@return what the servers of a domain show, in lines} */
    public String probeDomain(String domain) {
        return probe(environment.directions().effective(NextHop.forDomain(domain)));
    }

    private String probe(NextHop nextHop) {
        Caller caller = new Caller();
        EventLoop loop = environment.loops().group().next();
        var asked = new CompletableFuture<String>();
        loop.schedule(
                () -> asked.complete(nextHop + ": no end within " + ALL.toSeconds() + " seconds; given up."),
                ALL.toMillis(),
                TimeUnit.MILLISECONDS);
        environment
                .servers()
                .find(nextHop, caller)
                .thenComposeAsync(servers -> probe(nextHop, servers, loop), loop)
                .whenComplete((report, thrown) -> {
                    if (thrown != null) {
                        asked.completeExceptionally(thrown);
                    } else {
                        asked.complete(report);
                    }
                });
        try {
            return caller.await(asked);
        } catch (MailDeliveryException e) {
            return nextHop + ": " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return nextHop + ": interrupted.";
        }
    }

    private CompletableFuture<String> probe(NextHop nextHop, List<Server> servers, EventLoop loop) {
        List<CompletableFuture<String>> reports = new ArrayList<>();
        for (Server server : servers) {
            reports.add(
                    server.addresses().isEmpty()
                            ? CompletableFuture.completedFuture(server.host() + ": "
                                    + server.failure()
                                            .map(MailDeliveryException::getMessage)
                                            .orElse("no address"))
                            : probe(nextHop, server, server.addresses(), loop));
        }
        return CompletableFuture.allOf(reports.toArray(CompletableFuture[]::new))
                .thenApply(done -> String.join(
                        "\n", reports.stream().map(CompletableFuture::join).toList()));
    }

    /** Of a server, the first address that can be connected to. */
    private CompletableFuture<String> probe(
            NextHop nextHop, Server server, List<InetSocketAddress> addresses, EventLoop loop) {
        Target target = new Target(server.host(), addresses.get(0));
        List<InetSocketAddress> others = addresses.subList(1, addresses.size());
        ClientTls encrypted = policies.demandsOf(ENCRYPTED);
        Terms terms = new Terms(nextHop, new Decision(Optional.empty(), Optional.empty(), encrypted), Login.NONE);
        var group = new AtomicReference<String>();
        return new Opening(client(), terms, target, loop, loop)
                .watching(() -> new KeyExchangeReader(group::set))
                .start()
                .handle((wire, thrown) -> {
                    MailDeliveryException failure = thrown == null ? null : Search.failure(thrown);
                    if (failure instanceof Unreachable && !others.isEmpty()) {
                        return probe(nextHop, server, others, loop);
                    }
                    return CompletableFuture.completedFuture(
                            failure == null ? report(nextHop, target, wire, group.get()) : failed(target, failure));
                })
                .thenCompose(report -> report);
    }

    private String report(NextHop nextHop, Target target, Wire wire, String group) {
        Optional<Policy> policy = policies.decide(nextHop).policy();
        Peer peer = new Peer(target.host(), target.address().getPort(), Policies.names(nextHop, policy, target.host()));
        var failure = policies.demandsOf(VERIFIED).judge(wire.tls(), peer);
        wire.quit();
        return ProbeReport.of(target, wire, group, failure, peer, clock.instant());
    }

    private static String failed(Target target, MailDeliveryException failure) {
        return failure.tlsFailure()
                .map(reason -> ProbeReport.withoutTls(target, reason, failure.getMessage()))
                .orElse(target + ": " + failure.getMessage());
    }

    private Client client() {
        var brief = new Timeouts(EACH, EACH, EACH, EACH, EACH, EACH, EACH, Lifetime.ENDLESS);
        var alone = new Environment(
                environment.loops(),
                environment.directions(),
                () -> brief,
                environment.hostName(),
                environment.servers(),
                new DeadHosts(() -> new DeadHosts.Pauses(Duration.ZERO, Duration.ZERO), System::nanoTime),
                new Openings(() -> Duration.ZERO, System::nanoTime));
        return new Client(alone, new OutboundStatistics());
    }
}
