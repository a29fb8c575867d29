package org.postern.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The password of private keys, read when it is needed.
 *
 * @param file the file whose first line it is; empty where keys are not encrypted
 */
record KeyPassword(Optional<Path> file) {

    Optional<char[]> read() throws IOException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var reader = Files.newBufferedReader(file.get())) {
            String line = reader.readLine();
            if (line == null || line.isEmpty()) {
                throw new IOException("The first line of keyPasswordFile " + file.get() + " is empty.");
            }
            return Optional.of(line.toCharArray());
        }
    }
}
