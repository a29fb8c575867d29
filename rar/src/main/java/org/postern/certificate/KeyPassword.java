package org.postern.certificate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The password of private keys, read when it is needed. Whoever reads it wipes it.
 *
 * @param file the file whose first line it is; empty where keys are not encrypted
 */
record KeyPassword(Optional<Path> file) {

    Optional<char[]> read() throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        byte[] octets = Files.readAllBytes(file.get());
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets));
        try {
            char[] line = firstLine(text);
            if (line.length == 0) {
                throw new IOException("The first line of keyPasswordFile " + file.get() + " is empty.");
            }
            return Optional.of(line);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(text.array(), '\0');
        }
    }

    private static char[] firstLine(CharBuffer text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        char[] line = new char[end];
        text.get(line);
        return line;
    }
}
