package org.postern.listener;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.postern.content.SpooledContent;

/**
 * Takes content up to the final dot (RFC 5321 section 4.5.2). Only CRLF.CRLF ends it, and a dot is unstuffed only behind CRLF:
 * with anything else two servers can be made to see different messages (SMTP smuggling, 2023).
 */
final class ContentReader {

    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte DOT = '.';
    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SpooledContent content;
    private final BareNewline bareNewline;
    private final long maxSize;

    private boolean atLineStart = true;
    private boolean foundBareNewline;
    private boolean tooBig;
    private IOException failure;
    private long size;

    ContentReader(SpooledContent content, BareNewline bareNewline, long maxSize) {
        this.content = content;
        this.bareNewline = bareNewline;
        this.maxSize = maxSize;
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
        foundBareNewline = true;
        atLineStart = false;
        store(ByteBuffer.wrap(bareNewline == BareNewline.NORMALIZE ? CRLF : new byte[] {which}));
    }

    private void take(ByteBuf in, int from, int to) {
        if (to > from) {
            store(in.nioBuffer(from, to - from));
        }
    }

    private void store(ByteBuffer octets) {
        size += octets.remaining();
        if (maxSize > 0 && size > maxSize) {
            tooBig = true;
        }
        if (tooBig || failure != null) {
            return;
        }
        try {
            content.append(octets);
        } catch (IOException e) {
            failure = e;
        }
    }

    /** {@return whether the content is larger than allowed; it was read to its end and not kept} */
    boolean isTooBig() {
        return tooBig;
    }

    /** {@return whether the content is to be refused for a bare CR or LF} */
    boolean isRejected() {
        return foundBareNewline && bareNewline == BareNewline.REJECT;
    }

    /** {@return why the content could not be kept; null if it could} */
    IOException failure() {
        return failure;
    }
}
