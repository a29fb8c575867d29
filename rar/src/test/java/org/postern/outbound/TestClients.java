package org.postern.outbound;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.postern.network.EventLoops;
import org.postern.tls.ClientTls;

/** Clients of a test, on event loops of its own. */
public final class TestClients implements AutoCloseable {

    static final Timeouts PATIENT = timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EventLoops loops = new EventLoops(1, threads, TestClients.class.getClassLoader());

    /** {@return a client that has counted nothing yet} */
    public Client client(Supplier<ClientTls> tls) {
        return client(tls, PATIENT);
    }

    Client client(Supplier<ClientTls> tls, Timeouts timeouts) {
        return new Client(loops, tls, () -> timeouts, "gateway.example.org", new OutboundStatistics());
    }

    static Timeouts timeouts(Duration each, Duration idleCheck) {
        return new Timeouts(each, each, each, each, each, each, idleCheck);
    }

    @Override
    public void close() {
        loops.close();
        threads.shutdownNow();
    }
}
