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

    Optional<TlsFailure> verify(List<X509Certificate> shown) {
        return chain.verify(shown)
                .or(() -> isAllowed(shown.get(0)) ? Optional.empty() : Optional.of(TlsFailure.PIN_MISMATCH));
    }

    private boolean isAllowed(X509Certificate certificate) {
        return allowed.isEmpty()
                || allowed.contains(Fingerprints.of(certificate))
                || allowed.contains(Fingerprints.of(certificate.getPublicKey()));
    }
}
