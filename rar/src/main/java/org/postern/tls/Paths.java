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

/**
 * Finds the path from a chain to an anchor (RFC 5280 section 6). Checking its signatures costs more than the rest of a handshake,
 * and most peers come again, so a path that was found is remembered for an hour: for exactly the certificates that were shown, and
 * only while each of them is in its validity. What failed is not remembered.
 */
final class Paths {

    private static final int MOST_REMEMBERED = 1_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Set<X509Certificate> anchors;
    private final Set<TrustAnchor> trusted;
    private final Recent<List<X509Certificate>, Found> remembered = new Recent<>(MOST_REMEMBERED);

    private record Found(PKIXCertPathBuilderResult path, Instant when) {

        boolean holds(Instant now) {
            return !now.isBefore(when)
                    && now.isBefore(when.plus(REMEMBERED))
                    && path.getCertPath().getCertificates().stream()
                            .allMatch(certificate -> isValid((X509Certificate) certificate, Date.from(now)));
        }

        private static boolean isValid(X509Certificate certificate, Date now) {
            return !now.before(certificate.getNotBefore()) && !now.after(certificate.getNotAfter());
        }
    }

    Paths(Set<X509Certificate> anchors) {
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
     * @return the path, without asking what was revoked
     * @throws GeneralSecurityException if there is none
     */
    PKIXCertPathBuilderResult find(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
        Optional<Found> known = remembered.find(chain).filter(found -> found.holds(now));
        if (known.isPresent()) {
            return known.get().path();
        }
        var path =
                (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters(chain, now));
        remembered.put(List.copyOf(chain), new Found(path, now));
        return path;
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
