package org.postern.listener;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.postern.smtp.server.Session;

/**
 * Cuts command lines out of what comes in. Only CRLF ends a line (RFC 5321 section 2.3.8); a line that is too long is skipped to
 * its end, so nothing grows with what a peer sends.
 */
final class LineReader {

    /** As long as the longest command may be; how long each may be is the session's to judge. */
    static final int MAX_LENGTH = Session.longestLine() - 2;

    private static final int SHOWN_OF_BAD = 8;

    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private boolean skipping;
    private String start = "";

    /**
     * A line, or what is wrong with it.
     *
     * @param text the line; of a bad one its beginning
     * @param problem a sentence; null for a good line
     */
    record Line(String text, String problem) {

        boolean isBad() {
            return problem != null;
        }
    }

    /**
     * Cuts out the next line.
     *
     * @param in what has come in
     * @return the line; null if its end has not come yet
     */
    Line next(ByteBuf in) {
        int begin = in.readerIndex();
        int end = endOfLine(in);
        if (end < 0) {
            if (in.readableBytes() > MAX_LENGTH + 1) {
                if (!skipping) {
                    start = start(in);
                }
                skipping = true;
                // The last octet may be the CR of the end.
                in.skipBytes(in.readableBytes() - 1);
            }
            return null;
        }
        int length = end - in.readerIndex();
        Line line = skipping || length > MAX_LENGTH
                ? tooLong(in)
                : judge(in.toString(begin, length, StandardCharsets.UTF_8));
        skipping = false;
        in.readerIndex(end + 2);
        return line;
    }

    private Line tooLong(ByteBuf in) {
        return new Line(
                skipping ? start : start(in), "A command line must have at most " + (MAX_LENGTH + 2) + " octets");
    }

    private static String start(ByteBuf in) {
        return in.toString(in.readerIndex(), SHOWN_OF_BAD, StandardCharsets.ISO_8859_1);
    }

    private static Line judge(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == CR || c == LF) {
                return new Line(text, "Only CRLF ends a line; a bare CR or LF is not allowed");
            }
            if (c < ' ' && c != '\t' || c == 0x7f || c == '\ufffd') {
                return new Line(text, "A command line must not contain control characters or broken UTF-8");
            }
        }
        return new Line(text, null);
    }

    private static int endOfLine(ByteBuf in) {
        int from = in.readerIndex();
        while (true) {
            int lf = in.indexOf(from, in.writerIndex(), LF);
            if (lf < 0) {
                return -1;
            }
            if (lf > in.readerIndex() && in.getByte(lf - 1) == CR) {
                return lf - 1;
            }
            from = lf + 1;
        }
    }
}
