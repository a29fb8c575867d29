package org.postern.dns;

/** A name could not be looked up, or there is no such name. */
public final class DnsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** There is no such domain (NXDOMAIN). */
        NO_DOMAIN,
        /** The domain says that it takes no mail (RFC 7505). */
        NO_MAIL,
        /** Nobody who knows could be asked: SERVFAIL, REFUSED, or no answer in time. Nothing is known then. */
        UNAVAILABLE
    }

    /**
     * Makes one.
     *
     * @param reason why
     * @param message a full sentence
     */
    public DnsException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** {@return why} */
    public Reason reason() {
        return reason;
    }
}
