package org.postern;

import java.io.Serializable;
import java.util.List;

/**
 * An SMTP reply (RFC 5321 section 4.2), with its enhanced status (RFC 2034, RFC 3463) where it has one.
 *
 * @param code 200 to 599
 * @param enhancedStatus such as {@code 2.0.0}; empty where a reply has none (greeting, EHLO, 354)
 * @param lines the text, at least one line; no line contains a control character
 */
public record Reply(int code, String enhancedStatus, List<String> lines) implements Serializable {

    private static final int MOST_DIGITS = 3;

    /**
     * Checks that the reply can be sent as it is: nothing in it may end the line early or start another reply.
     *
     * @throws IllegalArgumentException if it cannot
     */
    public Reply {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("A reply code must be 200 to 599, but it was " + code + ".");
        }
        if (!enhancedStatus.isEmpty()) {
            if (!isEnhancedStatus(enhancedStatus) || enhancedStatus.charAt(0) - '0' != code / 100) {
                throw new IllegalArgumentException("The enhanced status of a " + code + " reply must look like "
                        + code / 100 + ".1.1 (RFC 3463), but it was \"" + escape(enhancedStatus) + "\".");
            }
        }
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("A reply needs at least one line of text.");
        }
        for (String line : lines) {
            if (hasControl(line)) {
                throw new IllegalArgumentException(
                        "The text of a reply must not contain control characters, but it was \"" + escape(line)
                                + "\".");
            }
        }
    }

    /** Makes a reply of one line. */
    public Reply(int code, String enhancedStatus, String text) {
        this(code, enhancedStatus, List.of(text));
    }

    /** {@return whether the command was carried out (2yz)} */
    public boolean isPositive() {
        return code < 300;
    }

    /** {@return whether more input is expected (3yz)} */
    public boolean isIntermediate() {
        return code >= 300 && code < 400;
    }

    /** {@return whether the command failed (4yz or 5yz)} */
    public boolean isNegative() {
        return code >= 400;
    }

    /** {@return whether the same command may succeed later (4yz)} */
    public boolean isTemporary() {
        return code >= 400 && code < 500;
    }

    /** {@return the text of all lines, joined by spaces} */
    public String text() {
        return String.join(" ", lines);
    }

    /** {@return the reply on one line, as it is logged: {@code 250 2.0.0 OK}} */
    @Override
    public String toString() {
        return enhancedStatus.isEmpty() ? code + " " + text() : code + " " + enhancedStatus + " " + text();
    }

    /**
     * {@return whether a text is an enhanced status (RFC 3463 section 2)} Its class is 2, 4 or 5; subject and detail have up to
     * three digits.
     */
    public static boolean isEnhancedStatus(String text) {
        int dot = text.indexOf('.');
        int second = text.indexOf('.', dot + 1);
        return dot == 1
                && "245".indexOf(text.charAt(0)) >= 0
                && isNumber(text, dot + 1, second)
                && isNumber(text, second + 1, text.length());
    }

    private static boolean isNumber(String text, int begin, int end) {
        boolean isNumber = end > begin && end - begin <= MOST_DIGITS;
        for (int i = begin; isNumber && i < end; i++) {
            isNumber = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return isNumber;
    }

    private static boolean hasControl(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' || line.charAt(i) == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private static String escape(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
