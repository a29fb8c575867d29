package org.postern.smtp.client;

/** Looks at every octet of a message once. */
final class ContentScan {

    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private long offset;
    private long lineStart;
    private boolean afterCr;
    private boolean inHeader = true;
    private boolean eightBit;
    private boolean headerEightBit;

    /** Takes the next octets. */
    void add(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            byte octet = octets[i];
            if (afterCr) {
                endLine(octet, offset + i);
            } else if (octet > CR) {
                continue;
            } else if (octet < 0) {
                eightBit = true;
                headerEightBit |= inHeader;
            } else if (octet == CR) {
                afterCr = true;
            } else if (octet == LF) {
                throw bare("LF", offset + i);
            }
        }
        offset += length;
    }

    /** Checks that nothing is left open. */
    void end() {
        if (afterCr) {
            throw bare("CR", offset - 1);
        }
    }

    long size() {
        return offset;
    }

    boolean isEightBit() {
        return eightBit;
    }

    boolean isHeaderEightBit() {
        return headerEightBit;
    }

    boolean endsInLineEnd() {
        return offset > 0 && lineStart == offset;
    }

    private void endLine(byte octet, long position) {
        if (octet != LF) {
            throw bare("CR", position - 1);
        }
        boolean isEmptyLine = position - 1 == lineStart;
        inHeader &= !isEmptyLine;
        lineStart = position + 1;
        afterCr = false;
    }

    private static IllegalArgumentException bare(String what, long position) {
        return new IllegalArgumentException(
                "The lines of a message must end in CRLF, but there is a bare " + what + " at octet " + position + ".");
    }
}
