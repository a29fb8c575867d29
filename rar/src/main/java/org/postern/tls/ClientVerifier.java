package org.postern.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.postern.TlsFailure;
import org.postern.certificate.Fingerprints;

/**
 * Verifies the certificates of those who send to us.
 *
 * @param chain holds the operator's own anchors, and no others: any customer of a public authority could pass with those
 * @param allowed fingerprints of certificates or keys that are let in; empty for all
 */
record ClientVerifier(PeerChain chain, List<String> allowed) {

    /** {@return what does not hold in a handshake; empty if all does; may take its time} */
    Optional<TlsFailure> verify(List<X509Certificate> shown) {
        return chain.verify(shown).or(() -> listed(shown.get(0)));
    }

    /** {@return the same about a session after its handshake, without waiting for anybody} */
    Optional<TlsFailure> recall(List<X509Certificate> shown) {
        return chain.recall(shown).or(() -> listed(shown.get(0)));
    }

    private Optional<TlsFailure> listed(X509Certificate certificate) {
        return isAllowed(certificate) ? Optional.empty() : Optional.of(TlsFailure.PIN_MISMATCH);
    }

    private boolean isAllowed(X509Certificate certificate) {
        return allowed.isEmpty()
                || allowed.contains(Fingerprints.of(certificate))
                || allowed.contains(Fingerprints.of(certificate.getPublicKey()));
    }
}
