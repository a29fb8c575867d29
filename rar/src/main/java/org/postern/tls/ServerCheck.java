package org.postern.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.postern.TlsFailure;
import org.postern.certificate.Fingerprints;

/**
 * What a server must show.
 *
 * @param chain what its chain must be; empty where that does not matter, and then its names do not either
 * @param pins fingerprints of keys of which its own must be one; empty for any
 */
record ServerCheck(Optional<PeerChain> chain, List<String> pins) {

    /** {@return what does not hold in a handshake; empty if all does; may take its time} */
    Optional<TlsFailure> verify(List<X509Certificate> shown, Peer peer) {
        return verify(shown, peer, PeerChain::verify);
    }

    /** {@return the same about a session after its handshake, without waiting for anybody} */
    Optional<TlsFailure> recall(List<X509Certificate> shown, Peer peer) {
        return verify(shown, peer, PeerChain::recall);
    }

    /** {@return the same about a session whose handshake has not asked for it: what was revoked is left open} */
    Optional<TlsFailure> judge(List<X509Certificate> shown, Peer peer) {
        return verify(shown, peer, PeerChain::judge);
    }

    private Optional<TlsFailure> verify(
            List<X509Certificate> shown,
            Peer peer,
            BiFunction<PeerChain, List<X509Certificate>, Optional<TlsFailure>> chained) {
        if (shown.isEmpty()) {
            return checksNothing() ? Optional.empty() : Optional.of(TlsFailure.UNTRUSTED);
        }
        X509Certificate own = shown.get(0);
        return chain.flatMap(demanded -> chained.apply(demanded, shown).or(() -> name(own, peer)))
                .or(() -> pin(own));
    }

    boolean checksNothing() {
        return chain.isEmpty() && pins.isEmpty();
    }

    private static Optional<TlsFailure> name(X509Certificate certificate, Peer peer) {
        return peer.isNamedBy(certificate) ? Optional.empty() : Optional.of(TlsFailure.NAME_MISMATCH);
    }

    private Optional<TlsFailure> pin(X509Certificate certificate) {
        boolean holds = pins.isEmpty() || pins.contains(Fingerprints.of(certificate.getPublicKey()));
        return holds ? Optional.empty() : Optional.of(TlsFailure.PIN_MISMATCH);
    }
}
