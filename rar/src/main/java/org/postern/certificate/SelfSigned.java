package org.postern.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates that are signed by their own key (RFC 5280, RFC 5480), for both roles. */
public final class SelfSigned {

    /** How long a certificate is valid: what browsers and mail programs take at most (397 days). */
    public static final Duration VALIDITY = Duration.ofDays(397);

    private static final int MOST_DAYS = 3650;

    /** A peer's clock may be a little behind ours. */
    private static final Duration ALREADY_VALID_FOR = Duration.ofHours(1);

    /** The longest common name (RFC 5280 appendix A.1, ub-common-name). */
    private static final int LONGEST_COMMON_NAME = 64;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Makes a maker. */
    public SelfSigned(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes a key and its certificate, of the usual kind.
     *
     * @param alias the name of the entry
     * @param hostNames the names and addresses it is for, the first is its subject; address literals may stand in brackets
     * @return the entry, not yet in any store
     * @throws IllegalStateException if this Java platform cannot make one
     */
    public Entry make(String alias, List<String> hostNames) {
        HostNames names = HostNames.of(hostNames);
        String first = names.names().get(0);
        // A longer name stands in the alternative names only; an issuer needs some name all the same.
        Subject subject = Subject.of(first.length() > LONGEST_COMMON_NAME ? alias : first);
        return make(new Plan(alias, subject, names, KeyKind.EC_P256), VALIDITY);
    }

    /**
     * Makes a key and its certificate.
     *
     * @param plan what it is to be
     * @param validity how long it is to be valid
     * @return the entry, not yet in any store
     * @throws IllegalStateException if this Java platform cannot make one
     */
    Entry make(Plan plan, Duration validity) {
        java.security.KeyPair keys = plan.key().generate();
        var body = new Body(plan.subject().name(), plan.hostNames().general(), keys.getPublic(), validity);
        var chain = List.of(certificate(body, keys.getPrivate()));
        return new Entry(plan.alias(), keys.getPrivate(), chain, Entry.Origin.SELF_SIGNED, clock.instant());
    }

    /**
     * Makes a certificate for the same key, subject and names, which is valid from now on for as long as the old one was.
     *
     * @param old a certificate that was made here
     * @return the entry, not yet in any store
     */
    Entry renew(Entry old) {
        X509Certificate certificate = old.certificate();
        try {
            var holder = new JcaX509CertificateHolder(certificate);
            GeneralNames names = GeneralNames.fromExtensions(holder.getExtensions(), Extension.subjectAlternativeName);
            Duration validity = Duration.between(
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
            var body = new Body(holder.getSubject(), names, certificate.getPublicKey(), validity);
            return old.withChain(List.of(certificate(body, old.key())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate " + old + " could not be made anew: " + e + ".", e);
        }
    }

    /**
     * Checks a number of days.
     *
     * @throws IllegalArgumentException with a full sentence, if it is not legal
     */
    static Duration days(int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw new IllegalArgumentException("The days must be 1 to " + MOST_DAYS + "; " + VALIDITY.toDays()
                    + " is what mail programs take at most.");
        }
        return Duration.ofDays(days);
    }

    private X509Certificate certificate(Body body, PrivateKey key) {
        Instant start = clock.instant().minus(ALREADY_VALID_FOR);
        Date end = Date.from(start.plus(body.validity()));
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            body.subject(), serial(), Date.from(start), end, body.subject(), body.key())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                        KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                    }))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(body.key()));
            if (body.names() != null) {
                builder.addExtension(Extension.subjectAlternativeName, false, body.names());
            }
            var signer = new JcaContentSignerBuilder(KeyKind.signatureOf(body.key())).build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("The certificate could not be made: " + e + ".", e);
        }
    }

    /** Positive, and not to be guessed (RFC 5280 section 4.1.2.2). */
    private BigInteger serial() {
        return new BigInteger(126, random).setBit(126);
    }

    private record Body(X500Name subject, GeneralNames names, PublicKey key, Duration validity) {}
}
