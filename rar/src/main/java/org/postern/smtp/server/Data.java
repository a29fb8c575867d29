package org.postern.smtp.server;

import org.postern.Reply;

/** DATA (RFC 5321 section 4.1.1.4). */
final class Data implements Command {

    private static final Reply GO_AHEAD = new Reply(354, "", "End data with <CR><LF>.<CR><LF>");

    @Override
    public Action parse(String argument) throws SyntaxException {
        SyntaxException.requireNoArgument("DATA", argument);
        return session -> {
            if (!session.hasTransaction()) {
                return Replies.MAIL_FIRST;
            }
            if (session.isChunked()) {
                return Replies.AFTER_BDAT;
            }
            if (session.envelope().recipients().isEmpty()) {
                return Replies.NO_RECIPIENT;
            }
            session.contentBegins();
            return GO_AHEAD;
        };
    }
}
