package org.postern.outbound;

import org.postern.NextHop;
import org.postern.network.EventLoops;

/** Gives connections to next hops: what they all share. */
public final class Client {

    private final Environment environment;
    private final OutboundStatistics statistics;

    /**
     * Makes a client.
     *
     * @param environment what connections need
     * @param statistics counts
     */
    public Client(Environment environment, OutboundStatistics statistics) {
        this.environment = environment;
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

    /** {@return what connections to a next hop are made under now} */
    Terms terms(NextHop asked) {
        NextHop effective = environment.directions().effective(asked);
        return new Terms(effective, environment.directions().decide(effective));
    }

    EventLoops loops() {
        return environment.loops();
    }

    Timeouts timeouts() {
        return environment.timeouts().get();
    }

    String hostName() {
        return environment.hostName();
    }

    Servers servers() {
        return environment.servers();
    }

    DeadHosts dead() {
        return environment.dead();
    }
}
