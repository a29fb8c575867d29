package org.postern.smtp.server;

/** RSET (RFC 5321 section 4.1.1.5). */
final class Rset implements Command {

    @Override
    public Action parse(String argument) throws SyntaxException {
        SyntaxException.requireNoArgument("RSET", argument);
        return session -> {
            session.reset();
            return Replies.OK;
        };
    }
}
