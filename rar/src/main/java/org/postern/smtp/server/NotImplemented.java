package org.postern.smtp.server;

import org.postern.Reply;

/** A command of a standard that this gateway leaves out: known, and not carried out (RFC 5321 section 4.2.4). */
final class NotImplemented implements Command {

    private static final Reply REPLY = new Reply(502, "5.5.1", "This command is not implemented here");

    @Override
    public Action parse(String argument) {
        return session -> REPLY;
    }
}
