package org.postern.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.postern.certificate.Fingerprints;

/**
 * The certificate that is shown now.
 *
 * @param alias its name in the store
 * @param certificate the certificate
 * @param since when it came into use, in this run
 */
public record LiveCertificate(String alias, X509Certificate certificate, Instant since) {

    /** {@return the SHA-256 fingerprint, 64 hexadecimal digits} */
    public String fingerprint() {
        return Fingerprints.of(certificate);
    }

    /** {@return the serial number in hexadecimal digits} */
    public String serial() {
        return certificate.getSerialNumber().toString(16);
    }
}
