package org.postern.smtp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.Reply;

/** Puts replies together from their lines (RFC 5321 section 4.2.1). What a peer can make it keep is bounded. */
public final class ReplyReader {

    /** The longest line, in octets. RFC 5321 section 4.5.3.1.5 says 512; servers that explain a refusal go beyond. */
    public static final int MAX_LINE = 2_048;

    private static final int MAX_LINES = 128;
    private static final int CODE_LENGTH = 3;

    private final List<String> lines = new ArrayList<>();
    private String code = "";
    private String status = "";

    /**
     * Takes the next line.
     *
     * @param line the line without its end
     * @return the reply, if this was its last line
     * @throws MalformedReplyException if this is not a line of a reply
     */
    public Optional<Reply> line(String line) throws MalformedReplyException {
        if (!beginsWithCode(line)) {
            throw new MalformedReplyException("a line does not begin with a reply code");
        }
        if (lines.isEmpty()) {
            code = line.substring(0, CODE_LENGTH);
        } else if (!line.startsWith(code)) {
            throw new MalformedReplyException("the lines of one reply have different codes");
        } else if (lines.size() == MAX_LINES) {
            throw new MalformedReplyException("a reply has more than " + MAX_LINES + " lines");
        }
        boolean isBare = line.length() == CODE_LENGTH;
        lines.add(isBare ? "" : text(harmless(line.substring(CODE_LENGTH + 1))));
        return !isBare && line.charAt(CODE_LENGTH) == '-' ? Optional.empty() : Optional.of(complete());
    }

    private static boolean beginsWithCode(String line) {
        return line.length() >= CODE_LENGTH
                && line.charAt(0) >= '2'
                && line.charAt(0) <= '5'
                && isDigit(line.charAt(1))
                && isDigit(line.charAt(2))
                && (line.length() == CODE_LENGTH || line.charAt(CODE_LENGTH) == ' ' || line.charAt(CODE_LENGTH) == '-');
    }

    /** {@return whether a reply has begun and not ended} */
    public boolean isInside() {
        return !lines.isEmpty();
    }

    private Reply complete() {
        Reply reply = new Reply(Integer.parseInt(code), status, lines);
        lines.clear();
        status = "";
        return reply;
    }

    /** Splits the enhanced status off (RFC 2034 section 4): it stands in front of the text of every line. */
    private String text(String text) {
        int end = statusEnd(text);
        if (end == 0) {
            return text;
        }
        if (lines.isEmpty()) {
            status = text.substring(0, end);
        } else if (status.length() != end || !text.startsWith(status)) {
            return text;
        }
        int begin = end;
        while (begin < text.length() && text.charAt(begin) == ' ') {
            begin++;
        }
        return text.substring(begin);
    }

    /** {@return where an enhanced status of the class of the code ends, such as 5.1.1; 0 where there is none} */
    private int statusEnd(String text) {
        if (text.isEmpty() || text.charAt(0) != code.charAt(0)) {
            return 0;
        }
        int space = text.indexOf(' ');
        int end = space < 0 ? text.length() : space;
        return Reply.isEnhancedStatus(text.substring(0, end)) ? end : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The text goes into logs and delivery reports: no peer is to write lines or terminal commands there. */
    private static String harmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return cleaned(text);
            }
        }
        return text;
    }

    private static String cleaned(String text) {
        char[] printable = text.toCharArray();
        for (int i = 0; i < printable.length; i++) {
            if (Character.isISOControl(printable[i])) {
                printable[i] = printable[i] == '\t' ? ' ' : '?';
            }
        }
        return new String(printable);
    }
}
