package org.postern.smtp.server;

import org.postern.Reply;

/**
 * STARTTLS (RFC 3207). What the peer sent behind it in clear never reaches the session: the transport ends the connection then
 * (CVE-2011-0411).
 */
final class StartTls implements Command {

    @Override
    public Action parse(String argument) throws SyntaxException {
        SyntaxException.requireNoArgument("STARTTLS", argument);
        return session -> {
            if (session.tls().isPresent()) {
                return new Reply(503, "5.5.1", "TLS is in use already");
            }
            return switch (session.facts().starttls()) {
                case NOT_OFFERED -> new Reply(502, "5.5.1", "STARTTLS is not offered here");
                case UNAVAILABLE -> new Reply(454, "4.7.0", "TLS is not available at present");
                case AVAILABLE -> {
                    session.handshakeBegins();
                    yield new Reply(220, "2.0.0", "Ready to start TLS");
                }
            };
        };
    }
}
