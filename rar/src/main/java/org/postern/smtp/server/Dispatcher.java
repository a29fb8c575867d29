package org.postern.smtp.server;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.postern.Reply;

/** Finds the command of a line, enforces when it is allowed, and has it carried out. */
final class Dispatcher {

    private static final int CRLF = 2;
    private static final Reply HELLO_FIRST = new Reply(503, "5.5.1", "Send EHLO first");
    private static final Reply UNKNOWN = new Reply(500, "5.5.1", "There is no such command; HELP lists them");

    private static final int GROUPS_BEFORE_TLS = 3;

    private final Session session;
    private boolean refusedInGroup;
    private int groupsRefused;

    Dispatcher(Session session) {
        this.session = session;
    }

    Reply command(String line) {
        int space = line.indexOf(' ');
        String name = space < 0 ? line : line.substring(0, space);
        String argument = space < 0 ? "" : line.substring(space + 1);
        Optional<Verb> verb = Verbs.find(name);
        int octets = line.getBytes(StandardCharsets.UTF_8).length;
        if (octets > verb.map(Verb::maxLength).orElse(Verbs.MAX_LENGTH) - CRLF) {
            return badLine(line, "The line is too long (RFC 5321 4.5.3.1.4)");
        }
        if (session.awaitsTls() && !verb.map(v -> v.has(Verb.Flag.BEFORE_TLS)).orElse(false)) {
            refusedInGroup = true;
            return verb.isEmpty()
                    ? malformed(line, Replies.STARTTLS_FIRST)
                    : refused(verb.get(), argument, Replies.STARTTLS_FIRST);
        }
        return verb.isEmpty() ? malformed(line, UNKNOWN) : carryOut(verb.get(), line, argument);
    }

    Optional<Reply> groupEnded() {
        boolean refused = refusedInGroup && session.awaitsTls();
        refusedInGroup = false;
        if (!refused || session.phase() == Phase.CLOSED || ++groupsRefused < GROUPS_BEFORE_TLS) {
            return Optional.empty();
        }
        session.close();
        return Optional.of(Replies.STARTTLS_REFUSED_TOO_OFTEN);
    }

    private Reply carryOut(Verb verb, String line, String argument) {
        try {
            Command.Action action = verb.command().parse(argument);
            if (verb.has(Verb.Flag.AFTER_HELLO) && session.helloName().isEmpty()) {
                return refused(verb, argument, HELLO_FIRST);
            }
            return action.execute(session);
        } catch (SyntaxException e) {
            return malformed(line, e.reply());
        }
    }

    Reply badLine(String line, String why) {
        return malformed(line, new Reply(500, "5.5.2", why));
    }

    /** Where BDAT was meant, nobody can tell the content that follows it from commands. */
    private Reply malformed(String line, Reply reply) {
        if (Bdat.isMeantBy(line)) {
            session.close();
        }
        return reply;
    }

    private Reply refused(Verb verb, String argument, Reply reply) {
        return verb.has(Verb.Flag.CONTENT_FOLLOWS) ? Bdat.refuse(session, argument, reply) : reply;
    }
}
