package org.postern;

/** Why a demand on TLS was not met, with the enhanced status (RFC 3463) under which a sender hears of it. */
public enum TlsFailure {
    /** The peer does not list STARTTLS. */
    NOT_OFFERED("4.7.4", "STARTTLS was not offered"),
    /** The peer listed STARTTLS and then refused it. */
    REFUSED("4.7.4", "STARTTLS was refused"),
    /** The handshake failed or took too long. */
    HANDSHAKE("4.7.0", "the TLS handshake failed"),
    /** There was no protocol version or cipher suite that both accept. */
    PROTOCOL("4.7.0", "there was no TLS version or cipher suite that both accept"),
    /** There was clear text between the reply to STARTTLS and the handshake: an injection (CVE-2011-0411 and its kind). */
    INJECTED("4.7.0", "clear text was injected between STARTTLS and the TLS handshake"),
    /** A certificate of the chain has expired. */
    EXPIRED("4.7.5", "the certificate has expired"),
    /** A certificate of the chain is not valid yet. */
    NOT_YET_VALID("4.7.5", "the certificate is not valid yet"),
    /** The chain ends at no trust anchor. */
    UNTRUSTED("4.7.5", "the certificate is not issued by a trusted authority"),
    /** The certificate is for other names. */
    NAME_MISMATCH("4.7.5", "the certificate is for another name"),
    /** The certificate is not meant for this use. */
    PURPOSE("4.7.5", "the certificate is not meant for this purpose"),
    /** A key or a signature of the chain is too weak. */
    WEAK_KEY("4.7.5", "a key or signature of the certificate is too weak"),
    /** The authority has revoked a certificate of the chain. */
    REVOKED("4.7.5", "the certificate has been revoked"),
    /** It must be known that nothing was revoked, and could not be found out. */
    REVOCATION_UNKNOWN("4.7.5", "it cannot be found out whether the certificate has been revoked"),
    /** None of the pinned keys is the peer's. */
    PIN_MISMATCH("4.7.5", "the certificate's key is none of those pinned"),
    /** The name could not be looked up. */
    DNS("4.4.3", "the name could not be looked up");

    private final String enhancedStatus;
    private final String sentence;

    TlsFailure(String enhancedStatus, String sentence) {
        this.enhancedStatus = enhancedStatus;
        this.sentence = sentence;
    }

    /** {@return the enhanced status; always a temporary one, as the sender keeps the message and tries again} */
    public String enhancedStatus() {
        return enhancedStatus;
    }

    /** {@return the reason in words, to stand behind a colon} */
    public String sentence() {
        return sentence;
    }
}
