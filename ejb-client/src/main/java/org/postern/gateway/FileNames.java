package org.postern.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of files made from text that a stranger chose. Letters, digits and {@code . _ - + =} stand for themselves, so ordinary
 * names stay readable; all else, and a first character that is none of letter, digit and underscore, is written
 * {@code %XX}, octet by octet in UTF-8. So no name is hidden, means another folder, or depends on the platform's charset,
 * and no two texts have one name.
 */
final class FileNames {

    /** Leaves room for two of them and the flags of a Maildir in the 255 octets that file systems allow. */
    private static final int LONGEST = 120;

    private static final int KEPT_OF_LONG = 50;
    private static final String PLAIN_SYMBOLS = "._-+=";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private FileNames() {}

    /** {@return the name for a text} */
    static String encode(String text) {
        if (text.isEmpty()) {
            // No other text gives this: a percent sign is followed by two digits.
            return "%";
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder name = new StringBuilder();
        for (byte octet : octets) {
            if (isPlain((char) (octet & 0xff), name.isEmpty())) {
                name.append((char) octet);
            } else {
                name.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return name.length() <= LONGEST ? name.toString() : shorten(name, octets);
    }

    /** The digest of the whole tells long names apart; {@code %-} tells them from names that are written out. */
    private static String shorten(StringBuilder name, byte[] octets) {
        return name.substring(0, KEPT_OF_LONG) + "%-" + HEX.formatHex(sha256(octets));
    }

    private static boolean isPlain(char c, boolean first) {
        boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        return letterOrDigit || (first ? c == '_' : PLAIN_SYMBOLS.indexOf(c) >= 0);
    }

    private static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, but this one does not.", e);
        }
    }
}
