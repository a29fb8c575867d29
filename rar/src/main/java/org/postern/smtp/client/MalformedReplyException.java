package org.postern.smtp.client;

/** A peer sent something that is not an SMTP reply. The connection is of no further use: what follows cannot be told apart. */
public final class MalformedReplyException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was wrong; holds nothing of what the peer sent
     */
    public MalformedReplyException(String message) {
        super(message);
    }
}
