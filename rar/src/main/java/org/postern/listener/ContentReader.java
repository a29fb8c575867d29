package org.postern.listener;

import io.netty.buffer.ByteBuf;

/**
 * Takes content up to the final dot (RFC 5321 section 4.5.2). Only CRLF.CRLF ends it, and a dot is unstuffed only behind CRLF:
 * with anything else two servers can be made to see different messages (SMTP smuggling, 2023).
 */
final class ContentReader {

    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte DOT = '.';

    private final ContentSink sink;
    private boolean atLineStart = true;

    ContentReader(ContentSink sink) {
        this.sink = sink;
    }

    /**
     * Takes what it can. Up to two octets may stay, if what follows them decides what they are.
     *
     * @param in what has come in
     * @return whether the final dot was reached
     */
    boolean read(ByteBuf in) {
        int run = in.readerIndex();
        while (in.isReadable()) {
            if (atLineStart && in.getByte(in.readerIndex()) == DOT) {
                if (in.readableBytes() < 3) {
                    break;
                }
                if (in.getByte(in.readerIndex() + 1) == CR && in.getByte(in.readerIndex() + 2) == LF) {
                    take(in, run, in.readerIndex());
                    in.skipBytes(3);
                    return true;
                }
                take(in, run, in.readerIndex());
                in.skipBytes(1);
                run = in.readerIndex();
            }
            int end = in.indexOf(in.readerIndex(), in.writerIndex(), LF);
            if (end < 0) {
                // A CR at the very end may be the first half of CRLF.
                boolean halfOfCrlf = in.getByte(in.writerIndex() - 1) == CR;
                run = line(in, run, halfOfCrlf ? in.writerIndex() - 1 : in.writerIndex());
                break;
            }
            run = endedLine(in, run, end);
        }
        take(in, run, in.readerIndex());
        return false;
    }

    /** Goes on behind the LF at {@code end}. Returns where the octets not taken yet begin. */
    private int endedLine(ByteBuf in, int run, int end) {
        if (end > in.readerIndex() && in.getByte(end - 1) == CR) {
            int next = line(in, run, end - 1);
            in.readerIndex(end + 1);
            atLineStart = true;
            return next;
        }
        int next = line(in, run, end);
        take(in, next, end);
        in.readerIndex(end + 1);
        bare(LF);
        return end + 1;
    }

    /** Goes on to {@code end}, looking for bare CRs on the way. Returns where the octets not taken yet begin. */
    private int line(ByteBuf in, int run, int end) {
        int begin = run;
        int cr = in.indexOf(in.readerIndex(), end, CR);
        while (cr >= 0) {
            take(in, begin, cr);
            bare(CR);
            begin = cr + 1;
            cr = in.indexOf(begin, end, CR);
        }
        if (end > in.readerIndex()) {
            atLineStart = false;
        }
        in.readerIndex(end);
        return begin;
    }

    private void bare(byte which) {
        atLineStart = false;
        sink.bare(which);
    }

    private void take(ByteBuf in, int from, int to) {
        sink.take(in, from, to);
    }
}
