package org.postern.smtp.server;

import org.postern.Reply;

/** VRFY (RFC 5321 section 4.1.1.6). Never tells who exists (RFC 5321 section 7.3). */
final class Vrfy implements Command {

    private static final Reply CANNOT_TELL =
            new Reply(252, "2.0.0", "Cannot tell who exists; mail to accepted domains will be tried");

    @Override
    public Action parse(String argument) throws SyntaxException {
        if (argument.trim().isEmpty()) {
            throw new SyntaxException(501, "5.5.4", "Syntax: VRFY address");
        }
        return session -> CANNOT_TELL;
    }
}
