package org.postern.smtp.client;

/** Doubles the dot at the beginning of a line (RFC 5321 section 4.5.2), over as many pieces as there are. */
final class DotStuffing {

    private boolean atLineStart = true;

    /** {@return the next octets, stuffed; the same array where there was nothing to do} */
    byte[] apply(byte[] octets) {
        int dots = count(octets);
        byte[] stuffed = dots == 0 ? octets : stuff(octets, dots);
        if (octets.length > 0) {
            atLineStart = octets[octets.length - 1] == '\n';
        }
        return stuffed;
    }

    private int count(byte[] octets) {
        int dots = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '.' && isLineStart(octets, i)) {
                dots++;
            }
        }
        return dots;
    }

    private byte[] stuff(byte[] octets, int dots) {
        byte[] stuffed = new byte[octets.length + dots];
        int to = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '.' && isLineStart(octets, i)) {
                stuffed[to++] = '.';
            }
            stuffed[to++] = octets[i];
        }
        return stuffed;
    }

    /** An LF is enough: checked content has none without its CR. */
    private boolean isLineStart(byte[] octets, int i) {
        return i == 0 ? atLineStart : octets[i - 1] == '\n';
    }
}
