package org.postern.certificate;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at what comes in: what must not be is refused with a full sentence, what may be a mistake is a warning.
 *
 * @param clock tells the time
 */
record Inspection(Clock clock) {

    /** {@return the chain of a key, the certificate first; it has been checked} */
    List<X509Certificate> chain(KeyAndCertificates read) {
        X509Certificate any = read.certificates().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is a private key, but no certificate with it."));
        X509Certificate leaf = read.certificates().stream()
                .filter(certificate -> KeyPair.belongTogether(read.key(), certificate.getPublicKey()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The private key is not that of the certificate " + Subject.show(any.getSubjectX500Principal())
                                + (read.certificates().size() > 1 ? " nor of any other with it." : ".")));
        List<X509Certificate> chain =
                Chains.order(read.certificates(), leaf.getPublicKey()).orElseThrow();
        check(chain.get(0));
        return chain;
    }

    /**
     * Checks a certificate that is to be used with its key.
     *
     * @throws IllegalArgumentException with a full sentence, if it is no good
     */
    void check(X509Certificate certificate) {
        KeyKind.checkStrength(certificate.getPublicKey());
        Instant end = certificate.getNotAfter().toInstant();
        if (!clock.instant().isBefore(end)) {
            throw new IllegalArgumentException("The certificate " + Subject.show(certificate.getSubjectX500Principal())
                    + " has expired at " + end + ".");
        }
        if (!Role.SERVER.fits(certificate) && !Role.CLIENT.fits(certificate)) {
            throw new IllegalArgumentException("The certificate " + Subject.show(certificate.getSubjectX500Principal())
                    + " is meant neither for TLS servers nor for TLS clients: its key usage or extended key usage names"
                    + " other purposes.");
        }
    }

    /** {@return warnings, to be appended to what was done; empty for none} */
    String warnings(Entry entry, List<X509Certificate> given) {
        var warnings = new ArrayList<String>();
        X509Certificate certificate = entry.certificate();
        Instant now = clock.instant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            warnings.add("it is not valid before " + certificate.getNotBefore().toInstant()
                    + ", and cannot be activated until then");
        }
        if (Thresholds.of(certificate).first().compareTo(Duration.between(now, end)) >= 0) {
            warnings.add("it expires soon, at " + end);
        }
        if (HostNames.of(certificate).isEmpty()) {
            warnings.add("it names no hosts, so peers that verify names will refuse it");
        }
        Chains.gap(entry.chain(), given).ifPresent(warnings::add);
        return warnings.isEmpty() ? "" : " Warning: " + String.join("; ", warnings) + ".";
    }
}
