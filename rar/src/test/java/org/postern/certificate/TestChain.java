package org.postern.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root, an intermediate below it, and what that one signs. */
final class TestChain {

    private static final X500Name ROOT = new X500Name("CN=Test Root");
    private static final X500Name INTERMEDIATE = new X500Name("CN=Test Intermediate");

    final X509Certificate root;
    final X509Certificate intermediate;
    private final KeyPair keys = KeyKind.EC_P256.generate();
    private final Instant now;
    private KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;
    private Duration start = Duration.ofHours(-1);
    private Duration end = Duration.ofDays(90);

    TestChain(Instant now) {
        this.now = now;
        KeyPair above = KeyKind.EC_P256.generate();
        root = authority(ROOT, ROOT, above.getPublic(), above.getPrivate());
        intermediate = authority(ROOT, INTERMEDIATE, keys.getPublic(), above.getPrivate());
    }

    TestChain purpose(KeyPurposeId other) {
        purpose = other;
        return this;
    }

    TestChain validFor(Duration from, Duration to) {
        start = from;
        end = to;
        return this;
    }

    X509Certificate sign(PublicKey key) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            INTERMEDIATE,
                            BigInteger.valueOf(System.nanoTime()),
                            Date.from(now.plus(start)),
                            Date.from(now.plus(end)),
                            new X500Name("CN=mx.example.org"),
                            key)
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, "mx.example.org")))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    Entry issue(String alias, KeyPair leaf) {
        return new Entry(
                alias, leaf.getPrivate(), List.of(sign(leaf.getPublic()), intermediate), Entry.Origin.PEM, now);
    }

    String pem(X509Certificate... certificates) {
        return ChainPem.write(List.of(certificates));
    }

    private X509Certificate authority(X500Name issuer, X500Name subject, PublicKey key, PrivateKey signing) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            issuer,
                            BigInteger.valueOf(System.nanoTime()),
                            Date.from(now.minus(Duration.ofDays(1000))),
                            Date.from(now.plus(Duration.ofDays(2000))),
                            subject,
                            key)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(signing);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }
}
