package org.postern.listener;

import org.postern.TlsFailure;
import org.postern.smtp.server.Session;
import org.postern.tls.PeerTable;

/** Remembers whom a session was with: once for the first message taken, and for each handshake that failed. */
final class Acquaintance {

    private final PeerTable peers;
    private final Session session;
    private boolean known;

    Acquaintance(PeerTable peers, Session session) {
        this.peers = peers;
        this.session = session;
    }

    /** A message was taken. Only the first counts: one client may send for thousands of domains in a session. */
    void messageTaken(ReceivedMail mail) {
        if (!known) {
            known = true;
            peers.taken(mail.envelope().reversePath(), address(), mail.tls());
        }
    }

    void tlsFailed(TlsFailure reason) {
        peers.failure(PeerTable.Kind.CLIENT, address(), reason);
    }

    private String address() {
        return Origin.of(session.facts().peer().getAddress()).literal();
    }
}
