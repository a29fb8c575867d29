package org.postern.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** A certificate authority of a test, made at run time. */
public final class TestAuthority {

    /** What a certificate is asked for with. */
    public record Request(List<String> names, KeyPurposeId purpose, Instant from, Instant to, int rsaBits) {

        /** {@return a request for a server's certificate that is valid now, with an elliptic curve} */
        public static Request server(Instant now, String... names) {
            return new Request(
                    List.of(names), KeyPurposeId.id_kp_serverAuth, now.minusSeconds(60), now.plusSeconds(3600), 0);
        }

        /** {@return the same for a client} */
        public static Request client(Instant now, String... names) {
            Request request = server(now, names);
            return new Request(request.names, KeyPurposeId.id_kp_clientAuth, request.from, request.to, 0);
        }

        /** {@return the same, valid at another time} */
        public Request valid(Instant start, Instant end) {
            return new Request(names, purpose, start, end, rsaBits);
        }

        /** {@return the same, with an RSA key} */
        public Request rsa(int bits) {
            return new Request(names, purpose, from, to, bits);
        }
    }

    private final X500Name name;
    private final PrivateKey key;
    private final X509Certificate certificate;
    private final Instant now;
    private Optional<String> responder = Optional.empty();

    /** Makes an authority that is valid for ten years around a moment. */
    public TestAuthority(String name, Instant now) {
        try {
            this.now = now;
            this.name = new X500Name("CN=" + name);
            java.security.KeyPair keys = keys(0);
            this.key = keys.getPrivate();
            Instant from = now.minus(Duration.ofDays(1800));
            this.certificate = sign(new JcaX509v3CertificateBuilder(
                            this.name,
                            BigInteger.valueOf(System.nanoTime()),
                            Date.from(from),
                            Date.from(now.plus(Duration.ofDays(1800))),
                            this.name,
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true)));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the authority's own certificate} */
    public X509Certificate certificate() {
        return certificate;
    }

    /** {@return the same authority; what it issues from now on names somebody to be asked about revocation (OCSP)} */
    TestAuthority askedAt(String address) {
        responder = Optional.of(address);
        return this;
    }

    PrivateKey key() {
        return key;
    }

    /** Issues a certificate. */
    public Entry issue(Request request) {
        try {
            java.security.KeyPair keys = keys(request.rsaBits());
            var names = request.names().stream()
                    .map(host -> new GeneralName(
                            IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host));
            var builder = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(System.nanoTime()),
                            Date.from(request.from()),
                            Date.from(request.to()),
                            new X500Name("CN=subject.example"),
                            keys.getPublic())
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(names.toArray(GeneralName[]::new)))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(request.purpose()));
            if (responder.isPresent()) {
                var address = new GeneralName(GeneralName.uniformResourceIdentifier, responder.get());
                builder.addExtension(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(X509ObjectIdentifiers.id_ad_ocsp, address));
            }
            X509Certificate issued = sign(builder);
            return new Entry("issued", keys.getPrivate(), List.of(issued), Entry.Origin.SELF_SIGNED, now);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate sign(org.bouncycastle.cert.X509v3CertificateBuilder builder)
            throws GeneralSecurityException, OperatorCreationException {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static java.security.KeyPair keys(int rsaBits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(rsaBits > 0 ? "RSA" : "EC");
        generator.initialize(rsaBits > 0 ? rsaBits : 256);
        return generator.generateKeyPair();
    }
}
