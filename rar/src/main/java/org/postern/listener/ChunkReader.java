package org.postern.listener;

import io.netty.buffer.ByteBuf;

/**
 * Takes the content of chunks (RFC 3030). A chunk ends where its count says, whatever its octets are, and no dot is unstuffed.
 * Chunks may end anywhere, between CR and LF too.
 */
final class ChunkReader {

    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private final ContentSink sink;
    private boolean afterCr;

    ChunkReader(ContentSink sink) {
        this.sink = sink;
    }

    /** Takes so many octets, all of which have come in. */
    void read(ByteBuf in, int count) {
        int end = in.readerIndex() + count;
        if (afterCr && count > 0) {
            endAfterCr(in);
        }
        int run = in.readerIndex();
        int at = run;
        while (at < end) {
            byte octet = in.getByte(at);
            if (octet == CR && at + 1 == end) {
                afterCr = true;
                break;
            }
            if (octet == CR && in.getByte(at + 1) == LF) {
                at += 2;
                continue;
            }
            if (octet == CR || octet == LF) {
                sink.take(in, run, at);
                sink.bare(octet);
                run = at + 1;
            }
            at = nextLineEnd(in, at + 1, end, octet);
        }
        sink.take(in, run, at);
        in.readerIndex(end);
    }

    /** Skips what is neither CR nor LF at the speed of the buffer. */
    private static int nextLineEnd(ByteBuf in, int from, int end, byte last) {
        if (last == CR || last == LF || from >= end) {
            return from;
        }
        int cr = in.indexOf(from, end, CR);
        int limit = cr < 0 ? end : cr;
        int lf = in.indexOf(from, limit, LF);
        return lf < 0 ? limit : lf;
    }

    private void endAfterCr(ByteBuf in) {
        afterCr = false;
        if (in.getByte(in.readerIndex()) == LF) {
            in.skipBytes(1);
            sink.lineEnd();
        } else {
            sink.bare(CR);
        }
    }

    /** Nothing more comes: a CR at the very end is a bare one. */
    void end() {
        if (afterCr) {
            afterCr = false;
            sink.bare(CR);
        }
    }
}
