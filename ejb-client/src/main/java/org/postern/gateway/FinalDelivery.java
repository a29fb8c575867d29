package org.postern.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Makes the Return-Path field anew, as whoever makes the final delivery does (RFC 5321 section 4.4): the reverse path of the
 * envelope on top, and those that the header had removed. All else stays octet for octet, lines ended by CRLF among it, so
 * signatures hold. Works in bounded memory, however long a line is.
 */
final class FinalDelivery {

    private static final byte[] NAME = "return-path".getBytes(StandardCharsets.US_ASCII);
    private static final int PIECE_OCTETS = 8 << 10;

    private final InputStream in;
    private final byte[] piece = new byte[PIECE_OCTETS];
    private int length;

    private FinalDelivery(InputStream in) {
        this.in = new BufferedInputStream(in, PIECE_OCTETS);
    }

    /**
     * Copies a message.
     *
     * @param reversePath as it stands between angle brackets; empty for the null reverse path
     * @param content header and body
     * @param out where it goes
     */
    static void copy(String reversePath, InputStream content, OutputStream out) throws IOException {
        out.write(("Return-Path: <" + reversePath + ">\r\n").getBytes(StandardCharsets.UTF_8));
        FinalDelivery delivery = new FinalDelivery(content);
        delivery.copyHeader(out);
        delivery.in.transferTo(out);
    }

    private void copyHeader(OutputStream out) throws IOException {
        boolean lineStarts = true;
        boolean dropped = false;
        boolean ended = false;
        while (!ended && nextPiece()) {
            if (lineStarts) {
                ended = isEmptyLine();
                // A line that begins with white space belongs to the field above it (RFC 5322 section 2.2.3).
                dropped = isFolded() ? dropped : isReturnPath();
            }
            if (!dropped) {
                out.write(piece, 0, length);
            }
            lineStarts = piece[length - 1] == '\n';
        }
    }

    /** Reads to the end of the line, or as much of it as there is room for. */
    private boolean nextPiece() throws IOException {
        length = 0;
        int octet;
        while (length < PIECE_OCTETS && (octet = in.read()) >= 0) {
            piece[length++] = (byte) octet;
            if (octet == '\n') {
                break;
            }
        }
        return length > 0;
    }

    private boolean isEmptyLine() {
        return piece[0] == '\n' || length >= 2 && piece[0] == '\r' && piece[1] == '\n';
    }

    private boolean isFolded() {
        return piece[0] == ' ' || piece[0] == '\t';
    }

    private boolean isReturnPath() {
        for (int i = 0; i < NAME.length; i++) {
            // All octets of the name are letters or the hyphen, which setting this bit makes lower case or leaves
            // alone.
            if (i >= length || (piece[i] | 0x20) != NAME[i]) {
                return false;
            }
        }
        int end = NAME.length;
        while (end < length && (piece[end] == ' ' || piece[end] == '\t')) {
            end++;
        }
        return end < length && piece[end] == ':';
    }
}
