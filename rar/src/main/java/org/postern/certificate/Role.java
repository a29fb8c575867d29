package org.postern.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a certificate is shown for. */
public enum Role {
    /** To those who send to us. */
    SERVER("1.3.6.1.5.5.7.3.1", "serverAuth"),
    /** To servers that we send to, when they ask. */
    CLIENT("1.3.6.1.5.5.7.3.2", "clientAuth");

    private static final String ANY = "2.5.29.37.0";

    private final String purpose;
    private final String purposeName;

    Role(String purpose, String purposeName) {
        this.purpose = purpose;
        this.purposeName = purposeName;
    }

    /** {@return whether a certificate is meant for this role: its extended key usage, if it has one, names it (RFC 5280)} */
    public boolean fits(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return signs(certificate) && (purposes == null || purposes.contains(purpose) || purposes.contains(ANY));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /**
     * Checks that a certificate is meant for this role.
     *
     * @param serverAuthWillDo whether one that is meant for servers may be a client's, too
     * @throws IllegalArgumentException with a full sentence, if it is not
     */
    void check(String alias, X509Certificate certificate, boolean serverAuthWillDo) {
        boolean tolerated = this == CLIENT && serverAuthWillDo && SERVER.fits(certificate);
        if (fits(certificate) || tolerated) {
            return;
        }
        String advice = this == CLIENT && SERVER.fits(certificate)
                ? " Public authorities are dropping clientAuth from what they issue; acceptServerAuthAsClient allows to show"
                        + " it all the same, which servers may refuse."
                : "";
        throw new IllegalArgumentException("The certificate " + alias + " cannot be the " + this
                + " certificate, as its key usage does not allow signatures or its extended key usage does not name "
                + purposeName + "." + advice);
    }

    /** A certificate that names key usages must name the one that a handshake of today needs. */
    private static boolean signs(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return usage == null || usage[0];
    }

    @Override
    public String toString() {
        return this == SERVER ? "server" : "client";
    }
}
