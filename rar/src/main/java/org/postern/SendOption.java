package org.postern;

/** What an application allows when it sends. */
public enum SendOption {
    /**
     * Content beyond ASCII may be converted where the server has no 8BITMIME (RFC 6152 section 3): each part of it to
     * quoted-printable or base64 (RFC 2045 section 6). Without this such a message is refused with 554 5.6.3, as it also is
     * where a part that is signed ({@code multipart/signed}) or a header field has octets beyond ASCII, or it is larger than
     * 64 MiB: it is held in memory meanwhile. A DKIM signature does not survive, so whoever relays does not allow this. Servers
     * that have 8BITMIME get the message as it is.
     */
    CONVERT_EIGHT_BIT
}
