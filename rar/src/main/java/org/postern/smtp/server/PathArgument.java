package org.postern.smtp.server;

import java.util.Map;
import org.postern.Mailbox;
import org.postern.smtp.Parameters;
import org.postern.smtp.Path;

/** Reads the arguments of MAIL and RCPT, and turns what is wrong with them into replies. */
final class PathArgument {

    private PathArgument() {}

    static Path cut(String argument, String keyword, String syntax) throws SyntaxException {
        if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
            throw new SyntaxException(501, "5.5.4", syntax);
        }
        try {
            // A space behind the colon is against the grammar, harmless, and sent by many.
            return Path.cut(argument.substring(keyword.length()).stripLeading());
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(501, "5.5.4", syntax);
        }
    }

    static Mailbox mailbox(String text, String enhancedStatus) throws SyntaxException {
        Mailbox mailbox;
        try {
            mailbox = Mailbox.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(501, enhancedStatus, e.getMessage());
        }
        if (mailbox.isInternational()) {
            throw new SyntaxException(553, "5.6.7", "Addresses beyond ASCII are not supported here");
        }
        return mailbox;
    }

    static Map<String, String> parameters(String text) throws SyntaxException {
        try {
            return Parameters.read(text);
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(501, "5.5.4", e.getMessage());
        }
    }

    /** Not echoed beyond what is plain ASCII: keywords consist of letters, digits and hyphens. */
    static SyntaxException unknown(String keyword) {
        return new SyntaxException(555, "5.5.4", "The parameter " + keyword + " is not supported");
    }
}
