package org.postern.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder for content that is too large for memory. What an earlier run left in it belongs to nobody and is deleted. */
public final class Spool {

    private final Path folder;
    private final int memoryBound;

    /**
     * Takes over the folder.
     *
     * @param folder exists, and is used by nobody else
     * @param memoryBound up to this many octets of a message stay in memory
     * @throws IOException if the folder cannot be emptied
     */
    public Spool(Path folder, int memoryBound) throws IOException {
        this.folder = folder;
        this.memoryBound = memoryBound;
        try (DirectoryStream<Path> leftOvers = Files.newDirectoryStream(folder)) {
            for (Path leftOver : leftOvers) {
                Files.delete(leftOver);
            }
        }
    }

    /**
     * Begins a message.
     *
     * @param id names the file, should there be one
     * @param expectedSize what the sender announced, in octets; 0 for nothing. A hint only
     * @return takes the octets
     */
    public SpooledContent begin(String id, long expectedSize) {
        return new SpooledContent(this, id, expectedSize);
    }

    int memoryBound() {
        return memoryBound;
    }

    Path file(String id) {
        return folder.resolve(id);
    }

    FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
