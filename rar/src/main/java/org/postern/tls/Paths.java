package org.postern.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postern.TlsFailure;

/**
 * Finds the path from a chain to an anchor (RFC 5280 section 6), and looks at what stands in the certificates on it. Both cost
 * more than the rest of a handshake, and most peers come again, so a path that was found is remembered for an hour: for exactly
 * the certificates that were shown, and only while each of them is in its validity. That there is none is not remembered.
 */
final class Paths {

    private static final int MOST_REMEMBERED = 1_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Set<X509Certificate> anchors;
    private final Set<TrustAnchor> trusted;
    private final PeerChain.Purpose purpose;
    private final Recent<List<X509Certificate>, Found> remembered = new Recent<>(MOST_REMEMBERED);

    /**
     * A path.
     *
     * @param path it
     * @param flaw why it does not do all the same, keys being weak or the peer's certificate meant for something else
     * @param when it was found
     */
    record Found(PKIXCertPathBuilderResult path, Optional<TlsFailure> flaw, Instant when) {

        private boolean holds(Instant now) {
            return !now.isBefore(when)
                    && now.isBefore(when.plus(REMEMBERED))
                    && path.getCertPath().getCertificates().stream()
                            .allMatch(certificate -> isValid((X509Certificate) certificate, Date.from(now)));
        }

        private static boolean isValid(X509Certificate certificate, Date now) {
            return !now.before(certificate.getNotBefore()) && !now.after(certificate.getNotAfter());
        }
    }

    Paths(Set<X509Certificate> anchors, PeerChain.Purpose purpose) {
        this.purpose = purpose;
        this.anchors = Set.copyOf(anchors);
        this.trusted =
                anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toUnmodifiableSet());
    }

    /** {@return where chains may end} */
    Set<X509Certificate> anchors() {
        return anchors;
    }

    /**
     * Finds a path.
     *
     * @param chain what a peer showed, its own certificate first
     * @param now when it must hold
     * @return the path; what was revoked is not asked
     * @throws GeneralSecurityException if there is none
     */
    Found find(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
        Optional<Found> known = remembered.find(chain).filter(found -> found.holds(now));
        if (known.isPresent()) {
            return known.get();
        }
        var path =
                (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters(chain, now));
        Found found = new Found(path, flaw(path, chain.get(0)), now);
        remembered.put(List.copyOf(chain), found);
        return found;
    }

    private Optional<TlsFailure> flaw(PKIXCertPathBuilderResult path, X509Certificate peer) {
        boolean strong = path.getCertPath().getCertificates().stream()
                .allMatch(certificate -> Strength.isEnough((X509Certificate) certificate));
        return strong ? purpose.flaw(peer) : Optional.of(TlsFailure.WEAK_KEY);
    }

    private PKIXBuilderParameters parameters(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
        var target = new X509CertSelector();
        target.setCertificate(chain.get(0));
        var parameters = new PKIXBuilderParameters(trusted, target);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        return parameters;
    }
}
