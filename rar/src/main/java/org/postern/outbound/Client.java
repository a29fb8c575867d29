package org.postern.outbound;

import java.util.function.Supplier;
import org.postern.NextHop;
import org.postern.network.EventLoops;
import org.postern.tls.ClientTls;

/** Gives connections to next hops: what they all share. */
public final class Client {

    private final EventLoops loops;
    private final Supplier<ClientTls> tls;
    private final Supplier<Timeouts> timeouts;
    private final String hostName;
    private final OutboundStatistics statistics;

    /**
     * Makes a client.
     *
     * @param loops the event loops of its connections
     * @param tls gives the TLS settings in force; a connection made under others is not used for another message
     * @param timeouts gives the timeouts in force
     * @param hostName the name that it gives with EHLO: a domain name or an address literal
     * @param statistics counts
     */
    public Client(
            EventLoops loops,
            Supplier<ClientTls> tls,
            Supplier<Timeouts> timeouts,
            String hostName,
            OutboundStatistics statistics) {
        this.loops = loops;
        this.tls = tls;
        this.timeouts = timeouts;
        this.hostName = hostName;
        this.statistics = statistics;
    }

    /** {@return a connection that opens when it is first used} */
    public Connection connection(NextHop nextHop) {
        return new Connection(this, nextHop);
    }

    /** {@return what was counted} */
    public OutboundStatistics statistics() {
        return statistics;
    }

    EventLoops loops() {
        return loops;
    }

    ClientTls tls() {
        return tls.get();
    }

    Timeouts timeouts() {
        return timeouts.get();
    }

    String hostName() {
        return hostName;
    }
}
