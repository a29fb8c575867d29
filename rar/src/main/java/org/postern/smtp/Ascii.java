package org.postern.smtp;

import java.util.Locale;

/**
 * Upper case and lower case as SMTP means them: of ASCII only (RFC 5321 section 2.4). Those of Unicode would make a verb of what
 * is none, as a dotless i has I for its upper case, and a long s has S.
 */
public final class Ascii {

    private Ascii() {}

    /** {@return text in upper case; any with a character beyond ASCII stays as it is, and so is no keyword} */
    public static String upper(String text) {
        return is(text) ? text.toUpperCase(Locale.ROOT) : text;
    }

    /** {@return whether two texts are equal but for the case of letters of ASCII} */
    public static boolean equalsIgnoringCase(String one, String other) {
        return upper(one).equals(upper(other));
    }

    /** {@return whether text is ASCII} */
    public static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether text is nothing but digits, and some} */
    public static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
