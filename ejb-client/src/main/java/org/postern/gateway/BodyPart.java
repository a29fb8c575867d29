package org.postern.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A part of a multipart message (RFC 2046 section 5.1).
 *
 * @param type its media type
 * @param content lines ended by CRLF, none longer than RFC 5322 section 2.1.1 allows
 */
record BodyPart(String type, byte[] content) {

    static BodyPart of(String type, String content) {
        return new BodyPart(type, content.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return whether there is any octet beyond ASCII in it} */
    static boolean isEightBit(byte[] content) {
        for (byte octet : content) {
            if (octet < 0) {
                return true;
            }
        }
        return false;
    }

    /** {@return the Content-Transfer-Encoding (RFC 2045 section 6) of content or what is made of it} */
    static String encoding(boolean eightBit) {
        return eightBit ? "8bit" : "7bit";
    }

    boolean isEightBit() {
        return isEightBit(content);
    }

    /** Writes header and content, without boundary. */
    void writeTo(ByteArrayOutputStream out) {
        String header =
                "Content-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding(isEightBit()) + "\r\n\r\n";
        out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(content);
    }
}
