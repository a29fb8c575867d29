package org.postern.tls;

import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.postern.certificate.Fingerprints;

/** Reads certificates of peers for people. Peers chose what is in them: it is bounded and holds no control characters. */
public final class PeerFacts {

    private static final int LONGEST_NAME = 200;

    private PeerFacts() {}

    /** {@return whom a certificate is of} */
    public static String subject(X509Certificate certificate) {
        return shown(certificate.getSubjectX500Principal());
    }

    /** {@return who has issued a certificate} */
    public static String issuer(X509Certificate certificate) {
        return shown(certificate.getIssuerX500Principal());
    }

    /** {@return the SHA-256 of its public key, as pins have it} */
    public static String pin(X509Certificate certificate) {
        return Fingerprints.of(certificate.getPublicKey());
    }

    private static String shown(X500Principal name) {
        String text = name.getName().replaceAll("\\p{Cntrl}", "?");
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "...";
    }
}
