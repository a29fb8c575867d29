package org.postern.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in PEM (RFC 7468), taken apart. Line breaks do not matter: a management console turns them into spaces when text is
 * pasted into a field. What stands outside of the blocks is left out, as {@code openssl} and {@code keytool} put comments there.
 */
final class Pem {

    /** Larger than any key or chain. */
    static final int MOST_OCTETS = 1 << 20;

    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** The headers of keys that are encrypted in the old way (RFC 1421). */
    private static final Pattern HEADERS =
            Pattern.compile("\\s*Proc-Type:\\s*4,\\s*ENCRYPTED\\s+DEK-Info:\\s*([A-Za-z0-9-]+,[0-9A-Fa-f]+)\\s+");

    private Pem() {}

    /**
     * A block of PEM.
     *
     * @param label what it is, such as {@code CERTIFICATE}
     * @param encryption the value of the header {@code DEK-Info}
     * @param content what is encoded in it
     */
    record Block(String label, Optional<String> encryption, byte[] content) {

        /** {@return it as text with line breaks} */
        String text() {
            String headers = encryption
                    .map(info -> "Proc-Type: 4,ENCRYPTED\nDEK-Info: " + info + "\n\n")
                    .orElse("");
            return BEGIN + label + DASHES + "\n" + headers + BASE64.encodeToString(content) + "\n-----END " + label
                    + DASHES + "\n";
        }
    }

    static String block(String label, byte[] content) {
        return new Block(label, Optional.empty(), content).text();
    }

    static boolean isIn(String text) {
        return text.contains(BEGIN);
    }

    /**
     * Takes a text apart.
     *
     * @return the blocks in it
     * @throws IOException with a full sentence, if there is none or one is not whole
     */
    static List<Block> read(String text) throws IOException {
        if (text.length() > MOST_OCTETS) {
            throw new IOException("The text is larger than 1 MiB, which no key and no chain is.");
        }
        var blocks = new ArrayList<Block>();
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
            if (labelEnd < 0) {
                throw cut();
            }
            String label = text.substring(at + BEGIN.length(), labelEnd);
            int bodyStart = labelEnd + DASHES.length();
            int end = text.indexOf("-----END " + label + DASHES, bodyStart);
            if (end < 0) {
                throw cut();
            }
            blocks.add(block(label, text.substring(bodyStart, end)));
            at = text.indexOf(BEGIN, end);
        }
        if (blocks.isEmpty()) {
            throw new IOException("There is no PEM, which begins with -----BEGIN and says what it is.");
        }
        return blocks;
    }

    /** {@return the only block of a label} */
    static Block only(List<Block> blocks, String label) throws IOException {
        var found = blocks.stream().filter(block -> block.label().equals(label)).toList();
        if (found.size() != 1) {
            throw new IOException("There must be one PEM block " + label + ", but there are " + found.size() + ".");
        }
        return found.get(0);
    }

    private static Block block(String label, String body) throws IOException {
        Matcher headers = HEADERS.matcher(body);
        boolean encrypted = headers.lookingAt();
        String base64 = encrypted ? body.substring(headers.end()) : body;
        return new Block(
                label, encrypted ? Optional.of(headers.group(1)) : Optional.empty(), decode(base64, "The PEM block"));
    }

    /**
     * Decodes Base64 in which white space does not matter.
     *
     * @throws IOException with a full sentence that begins with {@code what}, if it is not Base64
     */
    static byte[] decode(String base64, String what) throws IOException {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", "").getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new IOException(what + " is not Base64 from end to end; it was changed or cut on its way.");
        }
    }

    private static IOException cut() {
        return new IOException("The PEM is not whole: a block begins, but its -----END line is missing.");
    }
}
