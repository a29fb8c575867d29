package org.postern.tls;

/** What TLS is demanded of those we send to. */
public enum ClientLevel {
    /** No TLS. Threat left open: anyone on the path reads and alters all mail. */
    NONE,
    /**
     * TLS where it can be had, else clear text; the certificate is not looked at. Threat left open: an attacker on the path
     * takes STARTTLS out, or shows a certificate of his own, and reads and alters the mail (RFC 7435 protects from listeners
     * only).
     */
    ATTEMPT,
    /**
     * TLS or no delivery; the certificate is not looked at. Threat left open: a man in the middle who shows a certificate of
     * his own.
     */
    REQUIRE,
    /**
     * TLS or no delivery; chain, validity, purpose and name of the certificate must hold. Threat left open: an authority that
     * issues a certificate to the wrong one; against it, list your own authorities only, or pin keys.
     */
    REQUIRE_AND_VERIFY;

    /** {@return whether mail may go in clear where TLS cannot be had} */
    public boolean allowsClearText() {
        return this == NONE || this == ATTEMPT;
    }
}
