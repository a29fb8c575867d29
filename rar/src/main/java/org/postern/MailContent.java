package org.postern;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content of a message: header and body as they stand between DATA and the final dot, lines ended by CRLF, no dots
 * stuffed. It can be read any number of times.
 */
public interface MailContent {

    /** {@return a new stream over all of it; the caller closes it} */
    InputStream stream() throws IOException;

    /** {@return its length in octets} */
    long size();

    /**
     * Writes it to a file that does not exist yet. Content that is in a file already is linked to where the file system can do
     * that, else copied. Not forced to the disk: that is the caller's decision.
     *
     * @param file the file to make
     * @throws IOException if the file exists or cannot be written
     */
    default void saveTo(Path file) throws IOException {
        try (InputStream in = stream()) {
            Files.copy(in, file);
        }
    }

    /** {@return content held in an array, which must not be changed any more} */
    static MailContent of(byte[] octets) {
        return new MailContent() {
            @Override
            public InputStream stream() {
                return new ByteArrayInputStream(octets);
            }

            @Override
            public long size() {
                return octets.length;
            }
        };
    }

    /**
     * Takes content from a file, which must not be changed until it has been sent.
     *
     * @param file a file that can be read
     * @return its content
     * @throws IOException if the file cannot be read
     */
    static MailContent of(Path file) throws IOException {
        long size = Files.size(file);
        return new MailContent() {
            @Override
            public InputStream stream() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public long size() {
                return size;
            }
        };
    }
}
