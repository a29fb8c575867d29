package org.postern.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** Makes certificates for a server, signed by their own key: ECDSA on the curve P-256 (RFC 5280, RFC 5480). */
public final class SelfSigned {

    /** How long a certificate is valid: what browsers and mail programs take at most (397 days). */
    public static final Duration VALIDITY = Duration.ofDays(397);

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
     * Makes a key and its certificate.
     *
     * @param alias the name of the entry
     * @param hostNames the names and addresses it is for, the first is its subject; address literals may stand in brackets
     * @return the entry, not yet in any store
     * @throws IllegalStateException if this Java platform cannot make one
     */
    public Entry make(String alias, List<String> hostNames) {
        List<HostName> names = hostNames.stream().map(HostName::parse).toList();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            java.security.KeyPair keys = generator.generateKeyPair();
            var chain = List.of(certificate(keys, subject(alias, names.get(0).text()), names));
            return new Entry(alias, keys.getPrivate(), chain, Entry.Origin.SELF_SIGNED, clock.instant());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("The certificate " + alias + " could not be made: " + e + ".", e);
        }
    }

    private X509Certificate certificate(java.security.KeyPair keys, X500Name subject, List<HostName> names)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        Instant start = clock.instant().minus(ALREADY_VALID_FOR);
        var extensions = new JcaX509ExtensionUtils();
        var builder = new JcaX509v3CertificateBuilder(
                        subject, serial(), Date.from(start), Date.from(start.plus(VALIDITY)), subject, keys.getPublic())
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(
                                names.stream().map(HostName::generalName).toArray(GeneralName[]::new)))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(
                        Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(keys.getPublic()));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    /** A longer name stands in the alternative names only; an issuer needs some name all the same. */
    private static X500Name subject(String alias, String host) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, host.length() > LONGEST_COMMON_NAME ? alias : host)
                .build();
    }

    /** Positive, and not to be guessed (RFC 5280 section 4.1.2.2). */
    private BigInteger serial() {
        return new BigInteger(126, random).setBit(126);
    }

    private record HostName(String text, boolean isAddress) {

        static HostName parse(String host) {
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            String text = bracketed ? host.substring(1, host.length() - 1) : host;
            String literal = text.regionMatches(true, 0, "IPv6:", 0, 5) ? text.substring(5) : text;
            return IPAddress.isValid(literal) ? new HostName(literal, true) : new HostName(text, false);
        }

        GeneralName generalName() {
            return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, text);
        }
    }
}
