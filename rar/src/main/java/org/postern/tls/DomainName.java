package org.postern.tls;

import java.net.IDN;
import java.util.Locale;

/** Domain names as they are compared: in lower case, internationalized labels as A-labels (RFC 5890). */
final class DomainName {

    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    private DomainName() {}

    /** {@return the name as it is compared; what is no name is equal to none} */
    static String ascii(String name) {
        try {
            String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** {@return whether a name as it is compared is a domain name} */
    static boolean isValid(String ascii) {
        int begin = 0;
        for (int dot = ascii.indexOf('.'); dot >= 0; dot = ascii.indexOf('.', begin)) {
            if (!isLabel(ascii, begin, dot, true)) {
                return false;
            }
            begin = dot + 1;
        }
        return ascii.length() <= LONGEST && isLabel(ascii, begin, ascii.length(), false);
    }

    /** Below the highest one, labels with an underscore are in use, though no host may have one (RFC 8552). */
    private static boolean isLabel(String text, int begin, int end, boolean underscore) {
        int length = end - begin;
        if (length < 1 || length > LONGEST_LABEL || text.charAt(begin) == '-' || text.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
            if (!plain && !(underscore && c == '_')) {
                return false;
            }
        }
        return length == 1 || text.charAt(end - 1) != '_';
    }

    /**
     * Reads whom a rule is for.
     *
     * @param text a domain, with a leading dot for all below it, or {@code *} for all
     * @return it, as it is compared
     * @throws IllegalArgumentException with a full sentence
     */
    static String pattern(String text) {
        String trimmed = text.trim();
        boolean below = trimmed.startsWith(".");
        String name = ascii(below ? trimmed.substring(1) : trimmed);
        if (trimmed.equals("*")) {
            return trimmed;
        }
        if (!isValid(name) || trimmed.equals("String")) {
            throw new IllegalArgumentException(
                    "A domain must be a domain name such as example.org, or .example.org for all"
                            + " below it, but it was \"" + shown(trimmed) + "\".");
        }
        return below ? "." + name : name;
    }

    /** {@return what somebody gave, so that it fits a sentence} */
    static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 100 ? printable : printable.substring(0, 100) + "...";
    }
}
