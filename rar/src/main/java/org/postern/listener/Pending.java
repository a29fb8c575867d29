package org.postern.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** What has come in and is not taken yet: hardly ever more than one read brings, as nothing is read while a session waits. */
final class Pending {

    /** Of a buffer. */
    private static final int LITTLE = 16;

    private ByteBuf octets = Unpooled.EMPTY_BUFFER;

    /** Takes over a buffer; copies only where something was left. */
    void add(ByteBuf more, ByteBufAllocator allocator) {
        if (!octets.isReadable()) {
            octets.release();
            octets = more;
            return;
        }
        try {
            ByteBuf merged = allocator.buffer(octets.readableBytes() + more.readableBytes());
            merged.writeBytes(octets).writeBytes(more);
            octets.release();
            octets = merged;
        } finally {
            more.release();
        }
    }

    ByteBuf octets() {
        return octets;
    }

    /** Holds no more memory than what is left needs: none once all of it is taken. */
    void trim(ByteBufAllocator allocator) {
        if (!octets.isReadable()) {
            discard();
        } else if (octets.readableBytes() < octets.capacity() / LITTLE) {
            ByteBuf small = allocator.buffer(octets.readableBytes()).writeBytes(octets);
            octets.release();
            octets = small;
        }
    }

    boolean isEmpty() {
        return !octets.isReadable();
    }

    void discard() {
        octets.release();
        octets = Unpooled.EMPTY_BUFFER;
    }
}
