package org.postern.gateway;

import java.util.List;
import java.util.Set;
import org.postern.Reply;

/** Turns what a next hop said to this gateway into what this gateway says to its sender. */
final class Refusals {

    /** The codes that can answer a message (RFC 5321 sections 4.2.3 and 4.3.2, RFC 7504). */
    private static final Set<Integer> ABOUT_MAIL = Set.of(450, 451, 452, 550, 551, 552, 553, 554, 556);

    private Refusals() {}

    /** {@return of several refusals a temporary one if there is one: then the sender keeps the message} */
    static Reply decisive(List<Reply> refusals) {
        return refusals.stream().filter(Reply::isTemporary).findFirst().orElse(refusals.get(0));
    }

    /**
     * Makes a refusal fit the session with the sender. Temporary stays temporary, permanent stays permanent, the text and the
     * enhanced status stay; a code that speaks of the session with the next hop (421 would end ours, 530 would ask our sender for
     * STARTTLS) becomes 451 or 554.
     *
     * @param reply what the next hop said
     * @return what the sender is told
     */
    static Reply passedOn(Reply reply) {
        if (!reply.isNegative()) {
            return new Reply(451, "4.5.0", "The next hop gave an answer that makes no sense; try again later");
        }
        int code = ABOUT_MAIL.contains(reply.code()) ? reply.code() : reply.isTemporary() ? 451 : 554;
        String unspecific = reply.isTemporary() ? "4.0.0" : "5.0.0";
        String status = reply.enhancedStatus().isEmpty() ? unspecific : reply.enhancedStatus();
        return new Reply(code, status, reply.lines());
    }
}
