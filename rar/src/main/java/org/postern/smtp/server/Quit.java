package org.postern.smtp.server;

import org.postern.Reply;

/** QUIT (RFC 5321 section 4.1.1.10). */
final class Quit implements Command {

    @Override
    public Action parse(String argument) throws SyntaxException {
        SyntaxException.requireNoArgument("QUIT", argument);
        return session -> {
            session.close();
            return new Reply(221, "2.0.0", session.facts().hostName() + " closes the connection");
        };
    }
}
