package org.postern.tls;

/** What TLS is demanded of those who send to us. */
public enum ServerLevel {
    /**
     * No TLS. STARTTLS is not listed, and mail is received in clear. Threat left open: anyone on the path reads and alters all
     * mail.
     */
    NONE,
    /**
     * STARTTLS is listed, and mail is accepted whether or not the peer uses it. Threat left open: an attacker on the path who
     * takes STARTTLS out of the reply to EHLO, or disturbs the handshake, gets the mail in clear (RFC 3207 section 6).
     */
    ATTEMPT,
    /**
     * No mail without TLS. Threat left open: nobody has to prove who they are unless a client certificate is required, so a man
     * in the middle with a certificate of his own can still stand between a sender that does not verify and us. Peers without
     * TLS are cut off; a server named in public MX records must not demand it (RFC 3207 section 4).
     */
    REQUIRE
}
