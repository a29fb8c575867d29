package org.postern.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.postern.TlsFailure;
import org.postern.certificate.Fingerprints;

/**
 * What a server must show.
 *
 * @param chain what its chain must be; empty where that does not matter, and then its names do not either
 * @param pins fingerprints of keys of which its own must be one; empty for any
 */
record ServerCheck(Optional<PeerChain> chain, List<String> pins) {

    /** {@return what does not hold; empty if all does} */
    Optional<TlsFailure> verify(List<X509Certificate> shown, Peer peer) {
        if (shown.isEmpty()) {
            return checksNothing() ? Optional.empty() : Optional.of(TlsFailure.UNTRUSTED);
        }
        X509Certificate own = shown.get(0);
        return chain.flatMap(demanded -> demanded.verify(shown).or(() -> name(own, peer)))
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
