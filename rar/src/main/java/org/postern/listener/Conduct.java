package org.postern.listener;

import java.util.Optional;
import org.postern.Reply;
import org.postern.administration.Setting;
import org.postern.smtp.server.Session;

/** What a session does more often than it may. */
final class Conduct {

    private static final Reply TOO_MANY_ERRORS = new Reply(421, "4.7.0", "Too many errors");
    private static final Reply TOO_MANY_UNKNOWN = new Reply(421, "4.7.0", "Too many unknown commands");
    private static final int UNKNOWN_COMMAND = 500;

    private final Reception reception;
    private final Door.Visit visit;
    private int errors;
    private int unknownCommands;

    Conduct(Reception reception, Door.Visit visit) {
        this.reception = reception;
        this.visit = visit;
    }

    /** Carries out a command, except that no message is begun that is one too many. {@return the reply} */
    Reply command(Session session, String line) {
        boolean before = session.hasTransaction();
        Reply reply = session.command(line);
        if (before || !session.hasTransaction()) {
            return reply;
        }
        Optional<Reply> refusal = visit.message();
        refusal.ifPresent(tooMany -> session.withdraw());
        return refusal.orElse(reply);
    }

    /** Takes note of the reply to a command. {@return the reply that ends the session, if that was once too often} */
    Optional<Reply> judge(Reply reply) {
        if (!reply.isNegative() || reply.isTemporary()) {
            return Optional.empty();
        }
        if (reply.code() == UNKNOWN_COMMAND && isOver(LimitSettings.MAX_UNKNOWN_COMMANDS, ++unknownCommands)) {
            return Optional.of(TOO_MANY_UNKNOWN);
        }
        return isOver(LimitSettings.MAX_ERRORS, ++errors) ? Optional.of(TOO_MANY_ERRORS) : Optional.empty();
    }

    /** A message was accepted: who does useful work may err again. */
    void messageAccepted() {
        errors = 0;
    }

    private boolean isOver(Setting<Integer> setting, int number) {
        int limit = reception.settings().get(setting);
        boolean over = limit > 0 && number > limit;
        if (over) {
            reception.statistics().countLimit(setting.name());
        }
        return over;
    }
}
