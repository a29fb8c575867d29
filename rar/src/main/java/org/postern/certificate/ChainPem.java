package org.postern.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates as text (RFC 7468 section 5). */
public final class ChainPem {

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private ChainPem() {}

    /** {@return certificates one after another} */
    public static String write(List<X509Certificate> chain) {
        var pem = new StringBuilder();
        for (X509Certificate certificate : chain) {
            try {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(BASE64.encodeToString(certificate.getEncoded()))
                        .append("\n-----END CERTIFICATE-----\n");
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("The certificate cannot be encoded.", e);
            }
        }
        return pem.toString();
    }

    /**
     * Reads certificates.
     *
     * @return at least one
     * @throws IOException with a full sentence, if there is none or one cannot be read
     */
    public static List<X509Certificate> read(String pem) throws IOException {
        var chain = new ArrayList<X509Certificate>();
        try (var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                chain.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            throw new IOException("There is something that is not a certificate in PEM.", e);
        }
        if (chain.isEmpty()) {
            throw new IOException("There is no certificate in PEM.");
        }
        return chain;
    }
}
