package org.postern.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.postern.TlsFailure;
import org.postern.certificate.Fingerprints;

/**
 * Asks authorities whether they have revoked what they issued: by OCSP (RFC 6960), else by their list (RFC 5280 section 5), where
 * the certificates say that it is. That takes requests over the network, so it is done in handshakes only, aside from event
 * loops; what was found out is remembered for those who must not wait.
 */
final class Revocation {

    private static final int MOST_REMEMBERED = 10_000;

    /** How far an authority's clock may be ahead of ours. The platform takes answers that are up to 15 minutes old. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final RevocationCheck mode;
    private final Clock clock;
    private final Recent<String, Optional<TlsFailure>> remembered = new Recent<>(MOST_REMEMBERED);

    Revocation(RevocationCheck mode, Clock clock) {
        this.mode = mode;
        this.clock = clock;
    }

    /** {@return whether nothing is revoked, or it cannot be found out and need not be; takes its time} */
    Optional<TlsFailure> ask(X509Certificate certificate, PKIXCertPathBuilderResult path) {
        if (mode == RevocationCheck.NONE) {
            return Optional.empty();
        }
        Optional<TlsFailure> found = ask(path);
        remembered.put(Fingerprints.of(certificate), found);
        return found;
    }

    /**
     * Says the same again for a session: it, or the one that it resumes, has asked in its handshake. Where that is forgotten, as
     * there were too many since, nothing is taken for granted.
     */
    Optional<TlsFailure> recall(X509Certificate certificate) {
        if (mode == RevocationCheck.NONE) {
            return Optional.empty();
        }
        return remembered.find(Fingerprints.of(certificate)).orElse(Optional.of(TlsFailure.REVOCATION_UNKNOWN));
    }

    private Optional<TlsFailure> ask(PKIXCertPathBuilderResult path) {
        try {
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            var checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            checker.setOptions(
                    mode == RevocationCheck.SOFT ? EnumSet.of(Option.SOFT_FAIL) : EnumSet.noneOf(Option.class));
            var parameters = new PKIXParameters(Set.of(path.getTrustAnchor()));
            parameters.addCertPathChecker(checker);
            parameters.setDate(soon(path.getCertPath()));
            validator.validate(path.getCertPath(), parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(
                    e.getReason() == BasicReason.REVOKED ? TlsFailure.REVOKED : TlsFailure.REVOCATION_UNKNOWN);
        } catch (GeneralSecurityException e) {
            return Optional.of(TlsFailure.REVOCATION_UNKNOWN);
        }
    }

    /**
     * {@return a moment a little ahead, but within the validity of all} The platform overlooks what was revoked after the moment
     * that it is asked about. A revocation of just now is that, if the authority's clock is ahead, or a second began meanwhile.
     */
    private Date soon(CertPath path) {
        Date soon = Date.from(clock.instant().plus(AHEAD));
        for (Certificate certificate : path.getCertificates()) {
            Date end = ((X509Certificate) certificate).getNotAfter();
            soon = end.before(soon) ? end : soon;
        }
        return soon;
    }
}
