package org.postern.outbound;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a body is made of.
 *
 * @param octets how many there are
 * @param beyondAscii how many of them are beyond ASCII
 * @param longestLine the length of the longest line, without its end
 */
record BodyScan(long octets, long beyondAscii, long longestLine) {

    /** The longest line there may be (RFC 5322 section 2.1.1, RFC 2045 section 2.7), without its end. */
    private static final int LONGEST_LINE = 998;

    /** Where more than every third octet is beyond ASCII nobody reads it as it is, and base64 is shorter. */
    private static final int BASE64_PAYS = 3;

    static BodyScan of(InputStream body) throws IOException {
        long octets = 0;
        long beyond = 0;
        long line = 0;
        long longest = 0;
        byte[] piece = new byte[8 * 1024];
        for (int length = body.read(piece); length >= 0; length = body.read(piece)) {
            octets += length;
            for (int i = 0; i < length; i++) {
                beyond += piece[i] < 0 ? 1 : 0;
                line = piece[i] == '\n' ? 0 : piece[i] == '\r' ? line : line + 1;
                longest = Math.max(longest, line);
            }
        }
        return new BodyScan(octets, beyond, longest);
    }

    boolean isEightBit() {
        return beyondAscii > 0;
    }

    /** {@return whether a line is longer than lines may be} */
    boolean hasLongLine() {
        return longestLine > LONGEST_LINE;
    }

    /** {@return the encoding for text: one that leaves it readable, unless little of it would be} */
    String encodingOfText() {
        return beyondAscii * BASE64_PAYS > octets ? "base64" : "quoted-printable";
    }
}
