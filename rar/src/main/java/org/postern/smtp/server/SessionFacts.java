package org.postern.smtp.server;

import java.net.InetSocketAddress;

/**
 * What a session is told at its start and does not find out itself.
 *
 * @param id names the session in the log
 * @param peer address and port of the peer
 * @param hostName this gateway's name: a domain name or an address literal
 * @param starttls whether STARTTLS is listed and what answers it
 * @param tlsRequired whether mail is taken over TLS only
 * @param maxMessageSize in octets; 0 for no limit
 * @param maxRecipients per message; 0 for no limit
 */
public record SessionFacts(
        String id,
        InetSocketAddress peer,
        String hostName,
        Starttls starttls,
        boolean tlsRequired,
        long maxMessageSize,
        int maxRecipients) {

    /** What becomes of the command STARTTLS (RFC 3207). */
    public enum Starttls {
        /** Not listed; the command is unknown here. */
        NOT_OFFERED,
        /** Listed, but refused for the time being: this side has no certificate that it can show. */
        UNAVAILABLE,
        /** Listed and carried out. */
        AVAILABLE
    }
}
