package org.postern.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;

/** Certificates in DER: one alone, or several as PKCS #7 (RFC 2315, RFC 5652). */
final class Der {

    /** What each of these begins with. */
    static final byte SEQUENCE = 0x30;

    private Der() {}

    static X509Certificate certificate(byte[] der) throws IOException {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IOException("There is something that is called a certificate and cannot be read as one.", e);
        }
    }

    static List<X509Certificate> bundle(byte[] der) throws IOException {
        try {
            var found = new ArrayList<X509Certificate>();
            for (X509CertificateHolder holder :
                    new CMSSignedData(der).getCertificates().getMatches(null)) {
                found.add(certificate(holder.getEncoded()));
            }
            return found;
        } catch (CMSException | RuntimeException e) {
            throw new IOException("There is something that is called PKCS #7 and cannot be read as such.", e);
        }
    }

    /** Tells PKCS #7, which begins with an object identifier, from a certificate. */
    static List<X509Certificate> any(byte[] der) throws IOException {
        boolean isBundle;
        try {
            isBundle = ASN1Sequence.getInstance(der).getObjectAt(0) instanceof ASN1ObjectIdentifier;
        } catch (RuntimeException e) {
            // The library has more kinds of them for garbage than it tells of.
            throw new IOException("It is neither a certificate nor PKCS #7.", e);
        }
        return isBundle ? bundle(der) : List.of(certificate(der));
    }
}
