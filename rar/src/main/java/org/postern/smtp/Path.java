package org.postern.smtp;

import org.postern.Mailbox;

/**
 * A path in angle brackets, cut out of a command's argument (RFC 5321 section 4.1.2).
 *
 * @param inside what stands between the brackets, a source route among it
 * @param rest what stands behind the path: parameters, or nothing
 */
public record Path(String inside, String rest) {

    /**
     * Cuts out the path.
     *
     * @param text begins with an angle bracket
     * @return the path and the rest
     * @throws IllegalArgumentException if there is no path, or something other than a space behind it
     */
    public static Path cut(String text) {
        if (!text.startsWith("<")) {
            throw new IllegalArgumentException("An address must stand in angle brackets.");
        }
        int end = closingBracket(text);
        if (end < 0) {
            throw new IllegalArgumentException("The closing angle bracket is missing.");
        }
        String rest = text.substring(end + 1);
        if (!rest.isEmpty() && rest.charAt(0) != ' ') {
            throw new IllegalArgumentException("A space is missing behind the closing angle bracket.");
        }
        return new Path(text.substring(1, end), rest.trim());
    }

    /** {@return whether it is the null path, which is without a route, too} */
    public boolean isNull() {
        return inside.isEmpty();
    }

    /**
     * Takes off the source route, which must be accepted and is ignored (RFC 5321 appendix C): {@code @one.example,@two.example:}.
     *
     * @return what stands behind it; all, where there is none
     * @throws IllegalArgumentException with a sentence, if what begins like a route is none
     */
    public String withoutRoute() {
        if (!inside.startsWith("@")) {
            return inside;
        }
        int colon = inside.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("A source route must end with a colon.");
        }
        for (String hop : inside.substring(0, colon).split(",", -1)) {
            if (!hop.startsWith("@") || !isDomain(hop.substring(1))) {
                throw new IllegalArgumentException(
                        "A source route must be domain names, each with an @ before it, joined by commas (RFC 5321 4.1.2).");
            }
        }
        return inside.substring(colon + 1);
    }

    /** A bracket within a quoted local part closes nothing. */
    private static int closingBracket(String text) {
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isDomain(String text) {
        try {
            return !new Mailbox("any", text).isAddressLiteral();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
