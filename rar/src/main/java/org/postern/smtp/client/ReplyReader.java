package org.postern.smtp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.Reply;

/** Puts replies together from their lines (RFC 5321 section 4.2.1). What a peer can make it keep is bounded. */
public final class ReplyReader {

    /** The longest line, in octets. RFC 5321 section 4.5.3.1.5 says 512; servers that explain a refusal go beyond. */
    public static final int MAX_LINE = 2_048;

    private static final int MAX_LINES = 128;
    private static final Pattern LINE = Pattern.compile("([2-5][0-9][0-9])(?:([ -])(.*))?", Pattern.DOTALL);
    private static final Pattern STATUS =
            Pattern.compile("([245]\\.[0-9]{1,3}\\.[0-9]{1,3})(?: +(.*))?", Pattern.DOTALL);

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
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new MalformedReplyException("a line does not begin with a reply code");
        }
        if (lines.isEmpty()) {
            code = parts.group(1);
        } else if (!code.equals(parts.group(1))) {
            throw new MalformedReplyException("the lines of one reply have different codes");
        } else if (lines.size() == MAX_LINES) {
            throw new MalformedReplyException("a reply has more than " + MAX_LINES + " lines");
        }
        lines.add(text(parts.group(3) == null ? "" : harmless(parts.group(3))));
        return "-".equals(parts.group(2)) ? Optional.empty() : Optional.of(complete());
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
        Matcher parts = STATUS.matcher(text);
        if (!parts.matches() || parts.group(1).charAt(0) != code.charAt(0)) {
            return text;
        }
        if (lines.isEmpty()) {
            status = parts.group(1);
        } else if (!status.equals(parts.group(1))) {
            return text;
        }
        return parts.group(2) == null ? "" : parts.group(2);
    }

    /** The text goes into logs and delivery reports: no peer is to write lines or terminal commands there. */
    private static String harmless(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\t' ? ' ' : Character.isISOControl(c) ? '?' : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
