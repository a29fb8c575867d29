package org.postern.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A request to an authority to sign a certificate (PKCS #10, RFC 2986), with the private key that stays here.
 *
 * @param alias the name that the certificate will have
 * @param key the private key
 * @param pem the request as text (RFC 7468 section 7)
 * @param added when it was made
 */
public record SigningRequest(String alias, PrivateKey key, String pem, Instant added) {

    /** Checks the alias. */
    public SigningRequest {
        Alias.check(alias);
    }

    static SigningRequest make(Plan plan, Instant now) {
        try {
            java.security.KeyPair keys = plan.key().generate();
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(
                    Extension.subjectAlternativeName, false, plan.hostNames().general());
            var signer = new JcaContentSignerBuilder(KeyKind.signatureOf(keys.getPublic())).build(keys.getPrivate());
            PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(
                            plan.subject().name(), keys.getPublic())
                    .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate())
                    .build(signer);
            String pem = Pem.block("CERTIFICATE REQUEST", request.getEncoded());
            return new SigningRequest(plan.alias(), keys.getPrivate(), pem, now);
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("The request " + plan.alias() + " could not be made: " + e + ".", e);
        }
    }

    /** {@return the public key that the certificate must have} */
    public PublicKey publicKey() {
        try {
            return new JcaPKCS10CertificationRequest(parsed()).getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The key in the request " + alias + " cannot be read.", e);
        }
    }

    /** {@return the subject asked for, on one line} */
    public String subject() {
        return Subject.show(parsed().getSubject());
    }

    /** {@return the names asked for} */
    public List<String> hostNames() {
        GeneralNames names =
                GeneralNames.fromExtensions(parsed().getRequestedExtensions(), Extension.subjectAlternativeName);
        return names == null ? List.of() : HostNames.show(names);
    }

    private PKCS10CertificationRequest parsed() {
        try {
            return new PKCS10CertificationRequest(
                    Pem.only(Pem.read(pem), "CERTIFICATE REQUEST").content());
        } catch (IOException e) {
            throw new IllegalArgumentException("The request " + alias + " is not PEM of PKCS #10.", e);
        }
    }

    @Override
    public String toString() {
        return alias;
    }
}
