package org.postern.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.postern.MailContent;

/** The header of a message, to be shown to its sender. */
final class MessageHeader {

    /** More than mail has that came a long way with signatures; whoever makes longer ones gets back its beginning. */
    static final int MAX_OCTETS = 32 << 10;

    /** RFC 5322 section 2.1.1, with CRLF. */
    private static final int LONGEST_LINE = 1_000;

    private MessageHeader() {}

    /**
     * {@return the lines before the first empty one, each ended by CRLF} Fewer where there is no room for more, or where a line is too
     * long or has a NUL, which a message must not hold (RFC 5322 section 2).
     */
    static byte[] of(MailContent content) throws IOException {
        byte[] beginning;
        try (InputStream in = content.stream()) {
            beginning = in.readNBytes(MAX_OCTETS);
        }
        int end = 0;
        for (int i = 0; i < beginning.length && beginning[i] != 0 && i - end < LONGEST_LINE; i++) {
            if (beginning[i] == '\n') {
                if (i - end < 2) {
                    break;
                }
                end = i + 1;
            }
        }
        return Arrays.copyOf(beginning, end);
    }
}
