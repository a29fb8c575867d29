package org.postern.outbound;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.postern.NextHop;
import org.postern.dns.Dns;
import org.postern.network.EventLoops;
import org.postern.tls.ClientTls;
import org.postern.tls.Decision;

/** Clients of a test, on event loops of its own. */
public final class TestClients implements AutoCloseable {

    static final Timeouts PATIENT = timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));

    static final DeadHosts.Pauses NEVER = new DeadHosts.Pauses(Duration.ZERO, Duration.ZERO);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EventLoops loops = new EventLoops(1, threads, TestClients.class.getClassLoader());

    /** {@return a client that has counted nothing yet} */
    public Client client(Supplier<ClientTls> tls) {
        return client(tls, PATIENT);
    }

    Client client(Supplier<ClientTls> tls, Timeouts timeouts) {
        return client(new Plain(tls), timeouts);
    }

    Client client(Directions directions, Timeouts timeouts) {
        return client(directions, timeouts, List.of(), new DeadHosts(() -> NEVER, System::nanoTime));
    }

    Client client(Directions directions, Timeouts timeouts, List<InetSocketAddress> nameServers, DeadHosts dead) {
        return client(directions, timeouts, servers(nameServers, 25, List.of()), dead);
    }

    Client client(Directions directions, Timeouts timeouts, Servers servers, DeadHosts dead) {
        return client(directions, timeouts, servers, dead, anyNumber());
    }

    Client client(Directions directions, Timeouts timeouts, Servers servers, DeadHosts dead, Openings openings) {
        var environment =
                new Environment(loops, directions, () -> timeouts, "gateway.example.org", servers, dead, openings);
        return new Client(environment, new OutboundStatistics());
    }

    Servers servers(List<InetSocketAddress> nameServers, int mxPort, List<InetSocketAddress> listening) {
        var dns = new Dns(loops, () -> nameServers, () -> Duration.ofSeconds(5), System::nanoTime);
        return new Servers(
                dns, new OwnHost("gateway.example.org", () -> listening), () -> mxPort, () -> !nameServers.isEmpty());
    }

    /** {@return openings of which any number may wait for any time} */
    static Openings anyNumber() {
        return new Openings(() -> Duration.ZERO, System::nanoTime);
    }

    EventLoops loops() {
        return loops;
    }

    static Timeouts timeouts(Duration each, Duration idleCheck) {
        return new Timeouts(each, each, each, each, each, each, idleCheck, Lifetime.ENDLESS);
    }

    @Override
    public void close() {
        loops.close();
        threads.shutdownNow();
    }

    /** No policies. */
    record Plain(Supplier<ClientTls> tls) implements Directions {

        @Override
        public NextHop effective(NextHop asked) {
            return asked;
        }

        @Override
        public Decision decide(NextHop effective) {
            return new Decision(Optional.empty(), Optional.empty(), tls.get());
        }
    }
}
