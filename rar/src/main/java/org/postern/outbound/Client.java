package org.postern.outbound;

import java.util.Optional;
import org.postern.Credentials;
import org.postern.NextHop;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.network.EventLoops;
import org.postern.tls.Peer;
import org.postern.tls.Policy;

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
        return connection(nextHop, Optional.empty());
    }

    /** {@return a connection that opens when it is first used, on which somebody proves that he sends} */
    public Connection connection(NextHop nextHop, Optional<Credentials> credentials) {
        return new Connection(this, nextHop, credentials);
    }

    /** {@return what was counted} */
    public OutboundStatistics statistics() {
        return statistics;
    }

    /** {@return what connections to a next hop are made under now} */
    Terms terms(NextHop asked, Optional<Credentials> credentials) {
        Directions directions = environment.directions();
        NextHop effective = directions.effective(asked);
        return new Terms(effective, directions.decide(effective), directions.login(effective, credentials));
    }

    Optional<TlsFailure> wouldFail(Policy monitored, Optional<TlsSession> session, Peer peer) {
        return environment.directions().wouldFail(monitored, session, peer);
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

    Openings openings() {
        return environment.openings();
    }
}
