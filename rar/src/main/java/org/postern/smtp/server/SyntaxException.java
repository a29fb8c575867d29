package org.postern.smtp.server;

import org.postern.Reply;

/** A command whose argument is not right, with the reply that says so. */
final class SyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reply reply;

    SyntaxException(int code, String enhancedStatus, String text) {
        super(text, null, false, false);
        this.reply = new Reply(code, enhancedStatus, text);
    }

    Reply reply() {
        return reply;
    }

    /** Commands without an argument are held to that, so that nothing hides behind them. */
    static void requireNoArgument(String verb, String argument) throws SyntaxException {
        if (!argument.trim().isEmpty()) {
            throw new SyntaxException(501, "5.5.4", "Syntax: " + verb);
        }
    }
}
