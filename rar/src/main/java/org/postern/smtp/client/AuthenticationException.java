package org.postern.smtp.client;

/** A server did not do its part in proving who sends. */
public final class AuthenticationException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was wrong with the server, to stand behind a colon; holds nothing secret
     */
    public AuthenticationException(String message) {
        super(message);
    }
}
