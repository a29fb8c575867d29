package org.postern.smtp.server;

import java.util.Set;

/**
 * One row of the table of verbs.
 *
 * @param name in upper case
 * @param syntax for HELP
 * @param command what it does
 * @param maxLength of its line in octets, CRLF among them (RFC 5321 section 4.5.3.1.4)
 * @param flags when it is allowed
 */
record Verb(String name, String syntax, Command command, int maxLength, Set<Flag> flags) {

    /** When a command is allowed; enforced in one place, {@link Session#command}. */
    enum Flag {
        /** Also before TLS where TLS is required. */
        BEFORE_TLS,
        /** Only after EHLO or HELO. */
        AFTER_HELLO,
        /** Octets of content follow it, which are read even where it is refused. */
        CONTENT_FOLLOWS,
        /** Known, but carried out nowhere. */
        NOT_IMPLEMENTED
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }
}
