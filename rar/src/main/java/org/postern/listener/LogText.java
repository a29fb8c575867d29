package org.postern.listener;

import java.util.Locale;

/** Makes text of others fit for a line of the log: nothing in it can end the line, a value, or turn what is read around. */
final class LogText {

    private LogText() {}

    /** {@return what can stand between quotation marks} */
    static String escape(String text) {
        return escape(text, "");
    }

    /** {@return what can stand without quotation marks, between angle brackets too, and in a list} */
    static String word(String text) {
        return escape(text, " <>,=");
    }

    private static String escape(String text, String more) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHarmful(c) || more.indexOf(c) >= 0) {
                safe.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    private static boolean isHarmful(char c) {
        if (c < 0x80) {
            return c < ' ' || c == 0x7f || c == '"' || c == '\\';
        }
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.UNASSIGNED;
    }
}
