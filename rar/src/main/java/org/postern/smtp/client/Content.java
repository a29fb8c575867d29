package org.postern.smtp.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.postern.MailContent;

/** Content of a message that was read through once: it is well-formed, and its size and needs are known. */
public final class Content {

    /** Up to this size, in octets, content is kept in memory and goes out together with its envelope. */
    public static final int SMALL = 64 * 1024;

    private final MailContent source;
    private final byte[] small;
    private final ContentScan scan;

    private Content(MailContent source, byte[] small, ContentScan scan) {
        this.source = source;
        this.small = small;
        this.scan = scan;
    }

    /**
     * Reads content through.
     *
     * @param source the content
     * @return the same, checked
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it has a bare CR or LF: peers differ in what they take that for, which lets one
     *     message smuggle in another
     */
    public static Content check(MailContent source) throws IOException {
        ContentScan scan = new ContentScan();
        try (InputStream in = source.stream()) {
            byte[] first = in.readNBytes(SMALL + 1);
            scan.add(first, first.length);
            if (first.length <= SMALL) {
                scan.end();
                return new Content(source, first, scan);
            }
            for (int n = in.read(first); n >= 0; n = in.read(first)) {
                scan.add(first, n);
            }
            scan.end();
            return new Content(source, null, scan);
        }
    }

    /** {@return its length in octets as it is sent: with the final CRLF, without stuffed dots} */
    public long size() {
        return scan.size() + (isTerminated() ? 0 : 2);
    }

    /** {@return whether it is small enough to go out together with its envelope} */
    public boolean isSmall() {
        return small != null;
    }

    /** {@return whether there are octets beyond ASCII} */
    public boolean isEightBit() {
        return scan.isEightBit();
    }

    /** {@return whether there are octets beyond ASCII in the header} */
    public boolean isHeaderEightBit() {
        return scan.isHeaderEightBit();
    }

    /** Whether it needs no CRLF behind it: it has one, or there is nothing that it could end. */
    boolean isTerminated() {
        return scan.size() == 0 || scan.endsInLineEnd();
    }

    /** The size of what {@link #stream} gives. */
    long sourceSize() {
        return scan.size();
    }

    /** {@return all of it from its beginning, as the source has it; the caller closes it} */
    public InputStream stream() throws IOException {
        return small == null ? source.stream() : new ByteArrayInputStream(small);
    }
}
