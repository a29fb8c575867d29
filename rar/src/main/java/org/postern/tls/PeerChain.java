package org.postern.tls;

import static org.postern.TlsFailure.EXPIRED;
import static org.postern.TlsFailure.NOT_YET_VALID;
import static org.postern.TlsFailure.PURPOSE;
import static org.postern.TlsFailure.UNTRUSTED;
import static org.postern.TlsFailure.WEAK_KEY;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.postern.TlsFailure;

/**
 * Verifies what a peer shows: validity, chain to an anchor (RFC 5280 section 6), purpose, strength of keys and signatures, and
 * that nothing was revoked.
 *
 * @param paths finds the way to where chains may end
 * @param purpose what the certificate must be meant for
 * @param revocation knows what was revoked
 * @param clock tells the time
 */
record PeerChain(Paths paths, Purpose purpose, Revocation revocation, Clock clock) {

    private static final String ANY_PURPOSE = "2.5.29.37.0";

    /** What a certificate is meant for (RFC 5280 section 4.2.1.12). */
    enum Purpose {
        SERVER("1.3.6.1.5.5.7.3.1"),
        CLIENT("1.3.6.1.5.5.7.3.2");

        private final String oid;

        Purpose(String oid) {
            this.oid = oid;
        }

        /** {@return that a certificate is not meant for this; empty if it is} */
        Optional<TlsFailure> flaw(X509Certificate certificate) {
            return isOf(certificate) ? Optional.empty() : Optional.of(PURPOSE);
        }

        private boolean isOf(X509Certificate certificate) {
            boolean[] usage = certificate.getKeyUsage();
            if (usage != null && !usage[0]) {
                return false;
            }
            try {
                List<String> purposes = certificate.getExtendedKeyUsage();
                return purposes == null || purposes.contains(oid) || purposes.contains(ANY_PURPOSE);
            } catch (CertificateParsingException e) {
                return false;
            }
        }
    }

    PeerChain(Set<X509Certificate> anchors, Purpose purpose, Revocation revocation, Clock clock) {
        this(new Paths(anchors, purpose), purpose, revocation, clock);
    }

    /** {@return what does not hold in a handshake; empty if all does; may take its time} */
    Optional<TlsFailure> verify(List<X509Certificate> chain) {
        return verify(chain, path -> revocation.ask(chain.get(0), path));
    }

    /** {@return the same about a session after its handshake, without waiting for anybody} */
    Optional<TlsFailure> recall(List<X509Certificate> chain) {
        return verify(chain, path -> revocation.recall(chain.get(0)));
    }

    /** {@return the same, leaving open what was revoked} */
    Optional<TlsFailure> judge(List<X509Certificate> chain) {
        return verify(chain, path -> Optional.empty());
    }

    private Optional<TlsFailure> verify(
            List<X509Certificate> chain, Function<PKIXCertPathBuilderResult, Optional<TlsFailure>> revoked) {
        return validity(chain.get(0)).or(() -> path(chain, revoked));
    }

    private Optional<TlsFailure> validity(X509Certificate certificate) {
        Date now = Date.from(clock.instant());
        if (now.after(certificate.getNotAfter())) {
            return Optional.of(EXPIRED);
        }
        return now.before(certificate.getNotBefore()) ? Optional.of(NOT_YET_VALID) : Optional.empty();
    }

    private Optional<TlsFailure> path(
            List<X509Certificate> chain, Function<PKIXCertPathBuilderResult, Optional<TlsFailure>> revoked) {
        X509Certificate peer = chain.get(0);
        if (paths.anchors().contains(peer)) {
            return Strength.isEnough(peer.getPublicKey()) ? purpose.flaw(peer) : Optional.of(WEAK_KEY);
        }
        if (paths.anchors().isEmpty()) {
            return Optional.of(UNTRUSTED);
        }
        try {
            Paths.Found found = paths.find(chain, clock.instant());
            return found.flaw().or(() -> revoked.apply(found.path()));
        } catch (GeneralSecurityException e) {
            return Optional.of(reason(e, chain));
        }
    }

    /** No path was found. If an issuer that was shown is out of its validity, or a key too weak, that is the likely reason. */
    private TlsFailure reason(GeneralSecurityException failure, List<X509Certificate> chain) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException invalid
                    && invalid.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
                return WEAK_KEY;
            }
        }
        return chain.stream()
                .flatMap(certificate -> validity(certificate).stream())
                .findFirst()
                .orElse(UNTRUSTED);
    }
}
