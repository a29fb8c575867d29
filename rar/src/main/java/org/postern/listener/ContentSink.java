package org.postern.listener;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.postern.content.SpooledContent;

/**
 * Where content goes, however it came: counted, its header looked at, kept up to the limit. What is too much is counted and
 * dropped, so that the sender can be answered at the end.
 */
final class ContentSink {

    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SpooledContent content;
    private final BareNewline bareNewline;
    private final long maxSize;
    private final HeaderScan header = new HeaderScan();

    private boolean foundBareNewline;
    private boolean tooBig;
    private IOException failure;
    private long size;

    ContentSink(SpooledContent content, BareNewline bareNewline, long maxSize) {
        this.content = content;
        this.bareNewline = bareNewline;
        this.maxSize = maxSize;
    }

    /** Takes octets in which no CR or LF stands alone. */
    void take(ByteBuf in, int from, int to) {
        if (to > from) {
            store(in.nioBuffer(from, to - from));
        }
    }

    /** Takes a line end whose halves came apart. */
    void lineEnd() {
        store(ByteBuffer.wrap(CRLF));
    }

    /** Takes a CR or LF that stands alone. */
    void bare(byte which) {
        foundBareNewline = true;
        store(ByteBuffer.wrap(bareNewline == BareNewline.NORMALIZE ? CRLF : new byte[] {which}));
    }

    private void store(ByteBuffer octets) {
        size += octets.remaining();
        if (maxSize > 0 && size > maxSize) {
            tooBig = true;
        }
        if (tooBig || failure != null) {
            return;
        }
        header.add(octets);
        try {
            content.append(octets);
        } catch (IOException e) {
            failure = e;
        }
    }

    /** {@return what the header told so far} */
    HeaderScan header() {
        return header;
    }

    /** {@return whether the content is larger than allowed; what is too much was not kept} */
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
