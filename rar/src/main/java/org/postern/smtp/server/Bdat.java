package org.postern.smtp.server;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.Reply;

/**
 * BDAT (RFC 3030 section 2). Where the size cannot be read nobody can tell content from commands any more, so such a command
 * ends the session.
 */
final class Bdat implements Command {

    /** Without case, of ASCII only: that of Unicode is another flag. */
    private static final Pattern ARGUMENT = Pattern.compile("([0-9]{1,18})(?: (LAST))? *", Pattern.CASE_INSENSITIVE);

    private static final String NAME = "BDAT";

    /** Ends the session: what follows cannot be told from commands. */
    static final Reply MALFORMED = new Reply(501, "5.5.4", "Syntax: BDAT octets [LAST]");

    @Override
    public Action parse(String argument) throws SyntaxException {
        Chunk chunk = chunk(argument)
                .orElseThrow(() -> new SyntaxException(
                        MALFORMED.code(),
                        MALFORMED.enhancedStatus(),
                        MALFORMED.lines().get(0)));
        return session -> begin(session, refusal(session).map(chunk::refused).orElse(chunk));
    }

    /** Refuses a command without carrying it out; what it announces is thrown away. */
    static Reply refuse(Session session, String argument, Reply reply) {
        Optional<Chunk> chunk = chunk(argument);
        if (chunk.isPresent()) {
            return begin(session, chunk.get().refused(reply));
        }
        session.close();
        return MALFORMED;
    }

    /** {@return whether a line that is no legal command may have been meant as one that content follows} */
    static boolean isMeantBy(String line) {
        return line.stripLeading().regionMatches(true, 0, NAME, 0, NAME.length());
    }

    private static Reply begin(Session session, Chunk chunk) {
        session.chunkBegins(chunk);
        return chunk.refusal().orElse(Replies.OK);
    }

    private static Optional<Reply> refusal(Session session) {
        if (!session.hasTransaction()) {
            return Optional.of(Replies.MAIL_FIRST);
        }
        return session.envelope().recipients().isEmpty() ? Optional.of(Replies.NO_RECIPIENT) : Optional.empty();
    }

    private static Optional<Chunk> chunk(String argument) {
        Matcher matcher = ARGUMENT.matcher(argument);
        return matcher.matches()
                ? Optional.of(new Chunk(Long.parseLong(matcher.group(1)), matcher.group(2) != null, Optional.empty()))
                : Optional.empty();
    }
}
