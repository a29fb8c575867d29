package org.postern.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.postern.TlsFailure;

/** What the peer showed does not hold; it is the cause of the handshake's failure. */
final class UnverifiedException extends CertificateException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_NAME = 200;

    private final TlsFailure failure;

    UnverifiedException(TlsFailure failure, X509Certificate certificate) {
        super("The certificate of " + shown(certificate.getSubjectX500Principal()) + ", issued by "
                + shown(certificate.getIssuerX500Principal()) + ", was not accepted: " + failure.sentence() + ".");
        this.failure = failure;
    }

    TlsFailure failure() {
        return failure;
    }

    /** The peer chose the names: nothing in them may start a line of a log or fill it. */
    private static String shown(X500Principal name) {
        String text = name.getName().replaceAll("\\p{Cntrl}", "?");
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "...";
    }
}
