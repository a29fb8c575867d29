package org.postern.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Certificates as text (RFC 7468 section 5), and what else authorities send: DER, and PKCS #7 as DER or text. */
public final class ChainPem {

    private ChainPem() {}

    /** {@return certificates one after another} */
    public static String write(List<X509Certificate> chain) {
        var pem = new StringBuilder();
        for (X509Certificate certificate : chain) {
            try {
                pem.append(Pem.block("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException("The certificate cannot be encoded.", e);
            }
        }
        return pem.toString();
    }

    /**
     * Reads the certificates in a text; private keys beside them are passed over. Line breaks do not matter.
     *
     * @return at least one, in the order in which they stand there
     * @throws IOException with a full sentence, if there is none or one cannot be read
     */
    public static List<X509Certificate> read(String pem) throws IOException {
        var found = new ArrayList<X509Certificate>();
        for (Pem.Block block : Pem.read(pem)) {
            switch (block.label()) {
                case "CERTIFICATE", "X509 CERTIFICATE" -> found.add(Der.certificate(block.content()));
                case "PKCS7", "CMS" -> found.addAll(Der.bundle(block.content()));
                default -> found.addAll(List.of());
            }
        }
        return atLeastOne(found);
    }

    /**
     * Reads the certificates in a file, whatever form it has: PEM, DER, PKCS #7, or Base64 of one of these.
     *
     * @return at least one, in the order in which they stand there
     * @throws IOException with a full sentence, if there is none or one cannot be read
     */
    public static List<X509Certificate> readAny(byte[] octets) throws IOException {
        if (octets.length > Pem.MOST_OCTETS) {
            throw new IOException("It is larger than 1 MiB, which no chain is.");
        }
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        if (Pem.isIn(text)) {
            return read(text);
        }
        boolean isDer = octets.length > 0 && octets[0] == Der.SEQUENCE;
        return atLeastOne(Der.any(isDer ? octets : Pem.decode(text, "It is neither PEM nor DER, and as text it")));
    }

    private static List<X509Certificate> atLeastOne(Collection<X509Certificate> found) throws IOException {
        if (found.isEmpty()) {
            throw new IOException("There is no certificate in it.");
        }
        return List.copyOf(found);
    }
}
