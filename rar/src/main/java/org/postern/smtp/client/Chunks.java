package org.postern.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Content on its way out, in pieces that fit the memory, as BDAT or DATA wants it. Reading it can block: not for event loops.
 */
public final class Chunks implements AutoCloseable {

    private static final int CHUNK = 256 * 1024;
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] DOT = {'.', '\r', '\n'};

    private final Content content;
    private final DotStuffing stuffing;
    private InputStream in;
    private long taken;
    private boolean ended;

    private Chunks(Content content, DotStuffing stuffing) {
        this.content = content;
        this.stuffing = stuffing;
    }

    /** {@return exactly {@link Content#size} octets, to follow BDAT (RFC 3030)} */
    public static Chunks counted(Content content) {
        return new Chunks(content, null);
    }

    /** {@return stuffed content and the dot that ends it, to follow DATA (RFC 5321 section 4.5.2)} */
    public static Chunks dotted(Content content) {
        return new Chunks(content, new DotStuffing());
    }

    /**
     * Reads the next piece.
     *
     * @return octets
     * @throws IOException if the content cannot be read, or is not what it was when it was checked
     */
    public byte[] next() throws IOException {
        if (in == null) {
            in = content.stream();
        }
        byte[] piece = in.readNBytes((int) Math.min(CHUNK, content.sourceSize() - taken));
        taken += piece.length;
        boolean isLast = taken == content.sourceSize();
        if (piece.length == 0 && !isLast || isLast && in.read() >= 0) {
            throw new IOException("the content changed its size while it was sent");
        }
        byte[] stuffed = stuffing == null ? piece : stuffing.apply(piece);
        return isLast ? end(stuffed) : stuffed;
    }

    /** {@return whether there is another piece} */
    public boolean hasNext() {
        return !ended;
    }

    private byte[] end(byte[] piece) {
        ended = true;
        byte[] whole = content.isTerminated() ? piece : join(piece, CRLF);
        return stuffing == null ? whole : join(whole, DOT);
    }

    private static byte[] join(byte[] left, byte[] right) {
        byte[] joined = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, joined, left.length, right.length);
        return joined;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        if (in != null) {
            in.close();
        }
    }
}
