package org.postern.smtp.server;

/** NOOP (RFC 5321 section 4.1.1.9). Its argument means nothing. */
final class Noop implements Command {

    @Override
    public Action parse(String argument) {
        return session -> Replies.OK;
    }
}
