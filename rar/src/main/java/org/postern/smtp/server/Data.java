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
                return new Reply(503, "5.5.1", "Send MAIL first");
            }
            if (session.envelope().recipients().isEmpty()) {
                return new Reply(554, "5.5.1", "There is no valid recipient");
            }
            session.contentBegins();
            return GO_AHEAD;
        };
    }
}
