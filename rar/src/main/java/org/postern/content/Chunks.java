package org.postern.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Octets in memory, in pieces, so that nothing is copied when they grow. Each is as large as all before it, within bounds. */
final class Chunks {

    private static final int FIRST = 4 * 1024;
    private static final int LARGEST = 64 * 1024;

    private final Spool spool;
    private final List<byte[]> chunks = new ArrayList<>(1);
    private int inLast;
    private long full;
    private long reserved;

    Chunks(Spool spool, long expectedSize) {
        this.spool = spool;
        // Some room beyond what was announced, for the trace field. What one message begins with is small enough to be
        // free.
        chunks.add(new byte[(int) Math.min(2 * FIRST, Math.max(FIRST, expectedSize + 1024))]);
    }

    /** Takes what it can. {@return whether it took all; if not, the common memory is used up} */
    boolean append(ByteBuffer octets) {
        while (octets.hasRemaining()) {
            byte[] last = chunks.get(chunks.size() - 1);
            if (inLast == last.length) {
                int more = (int) Math.min(LARGEST, full + last.length);
                if (!spool.reserve(more)) {
                    return false;
                }
                reserved += more;
                full += last.length;
                last = new byte[more];
                chunks.add(last);
                inLast = 0;
            }
            int length = Math.min(octets.remaining(), last.length - inLast);
            octets.get(last, inLast, length);
            inLast += length;
        }
        return true;
    }

    void writeTo(FileChannel channel) throws IOException {
        for (int i = 0; i < chunks.size(); i++) {
            ByteBuffer piece = ByteBuffer.wrap(chunks.get(i), 0, length(i));
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
    }

    InputStream stream() {
        return new ChunkStream();
    }

    void release() {
        chunks.clear();
        spool.giveBack(reserved);
        reserved = 0;
    }

    private int length(int index) {
        return index == chunks.size() - 1 ? inLast : chunks.get(index).length;
    }

    /** Reads all of it once. */
    private final class ChunkStream extends InputStream {

        private int chunk;
        private int offset;

        @Override
        public int read() {
            if (atEnd()) {
                return -1;
            }
            return chunks.get(chunk)[offset++] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            Objects.checkFromIndexSize(from, length, target.length);
            if (length == 0) {
                return 0;
            }
            if (atEnd()) {
                return -1;
            }
            int count = Math.min(length, length(chunk) - offset);
            System.arraycopy(chunks.get(chunk), offset, target, from, count);
            offset += count;
            return count;
        }

        @Override
        public int available() {
            return atEnd() ? 0 : length(chunk) - offset;
        }

        private boolean atEnd() {
            while (chunk < chunks.size() && offset == length(chunk)) {
                chunk++;
                offset = 0;
            }
            return chunk >= chunks.size();
        }
    }
}
