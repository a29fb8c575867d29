package org.postern.smtp.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.postern.Mailbox;
import org.postern.smtp.Parameters;
import org.postern.smtp.Path;

/** Reads the arguments of MAIL and RCPT, and turns what is wrong with them into replies. */
final class PathArgument {

    /** RFC 5321 section 4.5.3.1.3, without the brackets. */
    private static final int MAX_PATH = 254;

    private PathArgument() {}

    static Path cut(String argument, String keyword, String syntax) throws SyntaxException {
        if (!argument.regionMatches(true, 0, keyword, 0, keyword.length())) {
            throw new SyntaxException(501, "5.5.4", syntax);
        }
        int begin = keyword.length();
        // A space behind the colon is against the grammar, harmless, and sent by many.
        while (begin < argument.length() && argument.charAt(begin) == ' ') {
            begin++;
        }
        try {
            return Path.cut(argument.substring(begin));
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(501, "5.5.4", syntax);
        }
    }

    /** Reads the mailbox of a path that is not null. */
    static Mailbox mailbox(Path path, String enhancedStatus) throws SyntaxException {
        try {
            String text = path.withoutRoute();
            if (text.getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
                throw new SyntaxException(
                        501, enhancedStatus, "A path must have at most 256 octets (RFC 5321 4.5.3.1.3)");
            }
            return Mailbox.parse(text);
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(501, enhancedStatus, e.getMessage());
        }
    }

    /** RFC 6531 section 3.5: an address beyond ASCII in a transaction that is not for such. */
    /** {@return a refusal with the code that RFC 6531 section 3.5 has for a command: 550 for MAIL, 553 for RCPT} */
    static SyntaxException needsSmtputf8(int code) {
        return new SyntaxException(code, "5.6.7", "An address beyond ASCII needs the parameter SMTPUTF8 of MAIL");
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
