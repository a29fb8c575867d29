package org.postern.listener;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Cuts command lines out of what comes in. Only CRLF ends a line (RFC 5321 section 2.3.8); a line that is too long is skipped to
 * its end, so nothing grows with what a peer sends.
 */
final class LineReader {

    /** RFC 5321 section 4.5.3.1.4 asks for 512; extensions and long addresses need more. */
    static final int MAX_LENGTH = 1024;

    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private boolean skipping;

    /** A line, or what is wrong with it. */
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
        int start = in.readerIndex();
        int end = endOfLine(in);
        if (end < 0) {
            if (in.readableBytes() > MAX_LENGTH) {
                skipping = true;
                // The last octet may be the CR of the end.
                in.skipBytes(in.readableBytes() - 1);
            }
            return null;
        }
        int length = end - start;
        in.readerIndex(end + 2);
        if (skipping || length > MAX_LENGTH) {
            skipping = false;
            return new Line("", "A command line must have at most " + MAX_LENGTH + " octets");
        }
        return judge(in.toString(start, length, StandardCharsets.UTF_8));
    }

    private static Line judge(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == CR || c == LF) {
                return new Line("", "Only CRLF ends a line; a bare CR or LF is not allowed");
            }
            if (c < ' ' && c != '\t' || c == 0x7f || c == '\ufffd') {
                return new Line("", "A command line must not contain control characters or broken UTF-8");
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
