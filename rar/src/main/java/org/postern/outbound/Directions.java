package org.postern.outbound;

import java.util.Optional;
import org.postern.Credentials;
import org.postern.NextHop;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.tls.Decision;
import org.postern.tls.Peer;
import org.postern.tls.Policy;

/** Where mail goes, and what is demanded there. Asked for each message. */
public interface Directions {

    /** {@return where mail for a next hop really goes: what policies and settings put in the place of a domain's own servers} */
    NextHop effective(NextHop asked);

    /** {@return what is demanded of a next hop} */
    Decision decide(NextHop effective);

    /** {@return why a policy that only watches would not have let a session be; empty if it would} */
    default Optional<TlsFailure> wouldFail(Policy monitored, Optional<TlsSession> session, Peer peer) {
        return Optional.empty();
    }

    /**
     * Tells how this side proves to a next hop who sends.
     *
     * @param effective the next hop
     * @param given what the application gave; goes before what is set
     */
    default Login login(NextHop effective, Optional<Credentials> given) {
        return new Login(given, false, false);
    }
}
