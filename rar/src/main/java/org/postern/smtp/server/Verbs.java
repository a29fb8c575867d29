package org.postern.smtp.server;

import static org.postern.smtp.server.Verb.Flag.AFTER_HELLO;
import static org.postern.smtp.server.Verb.Flag.BEFORE_TLS;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of verbs: everything that a session understands. */
final class Verbs {

    private static final Map<String, Verb> TABLE = new LinkedHashMap<>();

    static {
        add("EHLO", "EHLO host", new Hello("EHLO"), BEFORE_TLS);
        add("HELO", "HELO host", new Hello("HELO"), BEFORE_TLS);
        add("STARTTLS", "STARTTLS", new StartTls(), BEFORE_TLS);
        add("MAIL", "MAIL FROM:<address> [SIZE=octets] [BODY=7BIT|8BITMIME]", new Mail(), AFTER_HELLO);
        add("RCPT", "RCPT TO:<address>", new Rcpt(), AFTER_HELLO);
        add("DATA", "DATA", new Data(), AFTER_HELLO);
        add("RSET", "RSET", new Rset(), BEFORE_TLS);
        add("NOOP", "NOOP [text]", new Noop(), BEFORE_TLS);
        add("VRFY", "VRFY address", new Vrfy());
        add("HELP", "HELP [verb]", new Help());
        add("QUIT", "QUIT", new Quit(), BEFORE_TLS);
    }

    private Verbs() {}

    /** {@return the row for a verb in any case; the whole word counts, MAILX is not MAIL} */
    static Optional<Verb> find(String name) {
        return Optional.ofNullable(TABLE.get(name.toUpperCase(Locale.ROOT)));
    }

    /** {@return all verbs, in the order of the table} */
    static Set<String> names() {
        return TABLE.keySet();
    }

    private static void add(String name, String syntax, Command command, Verb.Flag... flags) {
        TABLE.put(name, new Verb(name, syntax, command, Set.of(flags)));
    }
}
