package org.postern.listener;

import org.postern.TlsFailure;
import org.postern.smtp.server.Session;
import org.postern.tls.PeerTable;

/**
 * Remembers whom a session was with: for the first message taken in clear, for the first taken over TLS, and for each handshake
 * that failed.
 */
final class Acquaintance {

    private final PeerTable peers;
    private final Session session;
    private boolean knownInClear;
    private boolean knownWithTls;

    Acquaintance(PeerTable peers, Session session) {
        this.peers = peers;
        this.session = session;
    }

    /** A message was taken. Only the first so counts: one client may send for thousands of domains in a session. */
    void messageTaken(ReceivedMail mail) {
        boolean withTls = mail.tls().isPresent();
        boolean isKnown = withTls ? knownWithTls : knownInClear;
        knownWithTls |= withTls;
        knownInClear |= !withTls;
        if (!isKnown) {
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
