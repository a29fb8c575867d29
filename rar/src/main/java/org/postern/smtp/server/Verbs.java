package org.postern.smtp.server;

import static org.postern.smtp.server.Verb.Flag.AFTER_HELLO;
import static org.postern.smtp.server.Verb.Flag.BEFORE_TLS;
import static org.postern.smtp.server.Verb.Flag.CONTENT_FOLLOWS;
import static org.postern.smtp.server.Verb.Flag.NOT_IMPLEMENTED;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postern.smtp.Ascii;

/** The table of verbs: everything that a session understands. */
final class Verbs {

    /** RFC 5321 section 4.5.3.1.4. */
    static final int MAX_LENGTH = 512;

    /** What extensions add to MAIL: SIZE 26 (RFC 1870), BODY 17 (RFC 6152), SMTPUTF8 10 (RFC 6531), RET 9, ENVID 107. */
    private static final int MAIL_LENGTH = MAX_LENGTH + 26 + 17 + 10 + 9 + 107;

    /** What RFC 3461 adds to RCPT: NOTIFY 29, ORCPT 507. */
    private static final int RCPT_LENGTH = MAX_LENGTH + 29 + 507;

    private static final Map<String, Verb> TABLE = new LinkedHashMap<>();

    static {
        add("EHLO", "EHLO host", new Hello("EHLO"), BEFORE_TLS);
        add("HELO", "HELO host", new Hello("HELO"), BEFORE_TLS);
        add("STARTTLS", "STARTTLS", new StartTls(), BEFORE_TLS);
        add(new Verb(
                "MAIL",
                "MAIL FROM:<address> [SIZE=octets] [BODY=7BIT|8BITMIME] [SMTPUTF8] [RET=FULL|HDRS] [ENVID=id]",
                new Mail(),
                MAIL_LENGTH,
                Set.of(AFTER_HELLO)));
        add(new Verb(
                "RCPT",
                "RCPT TO:<address> [NOTIFY=NEVER|SUCCESS,FAILURE,DELAY] [ORCPT=type;address]",
                new Rcpt(),
                RCPT_LENGTH,
                Set.of(AFTER_HELLO)));
        add("DATA", "DATA", new Data(), AFTER_HELLO);
        add("BDAT", "BDAT octets [LAST]", new Bdat(), AFTER_HELLO, CONTENT_FOLLOWS);
        add("RSET", "RSET", new Rset(), BEFORE_TLS);
        add("NOOP", "NOOP [text]", new Noop(), BEFORE_TLS);
        add("VRFY", "VRFY address", new Vrfy());
        add("HELP", "HELP [verb]", new Help());
        add("QUIT", "QUIT", new Quit(), BEFORE_TLS);
        for (String name : List.of("EXPN", "AUTH", "ETRN", "TURN", "ATRN", "SEND", "SOML", "SAML")) {
            add(name, name + ", which is not implemented", new NotImplemented(), NOT_IMPLEMENTED);
        }
    }

    private Verbs() {}

    /** {@return the row for a verb in any case of ASCII; the whole word counts, MAILX is not MAIL} */
    static Optional<Verb> find(String name) {
        return Optional.ofNullable(TABLE.get(Ascii.upper(name)));
    }

    /** {@return all verbs that are carried out, in the order of the table} */
    static List<String> names() {
        return TABLE.values().stream()
                .filter(verb -> !verb.has(NOT_IMPLEMENTED))
                .map(Verb::name)
                .toList();
    }

    /** {@return the longest line that any verb allows, in octets with CRLF} */
    static int longestLine() {
        return TABLE.values().stream().mapToInt(Verb::maxLength).max().orElseThrow();
    }

    private static void add(String name, String syntax, Command command, Verb.Flag... flags) {
        add(new Verb(name, syntax, command, MAX_LENGTH, Set.of(flags)));
    }

    private static void add(Verb verb) {
        TABLE.put(verb.name(), verb);
    }
}
