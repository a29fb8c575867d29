package org.postern.smtp.server;

import java.util.Set;

/**
 * One row of the table of verbs.
 *
 * @param name in upper case
 * @param syntax for HELP
 * @param command what it does
 * @param flags when it is allowed
 */
record Verb(String name, String syntax, Command command, Set<Flag> flags) {

    /** When a command is allowed; enforced in one place, {@link Session#command}. */
    enum Flag {
        /** Also before TLS where TLS is required. */
        BEFORE_TLS,
        /** Only after EHLO or HELO. */
        AFTER_HELLO
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }
}
