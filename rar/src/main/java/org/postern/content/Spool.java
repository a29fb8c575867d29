package org.postern.content;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where content is held: in memory, while there is some left of what all messages share, else in a file. What an earlier run left
 * in the folder belongs to nobody and is deleted.
 */
public final class Spool {

    private final Path folder;
    private final AtomicLong free;

    /**
     * Takes over the folder.
     *
     * @param folder exists, and is used by nobody else
     * @param memory how many octets all messages together may hold in memory, beside a few thousand for each
     * @throws IOException if the folder cannot be emptied
     */
    public Spool(Path folder, long memory) throws IOException {
        this.folder = folder;
        this.free = new AtomicLong(memory);
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

    /** {@return whether so much could be had of the common memory} */
    boolean reserve(int octets) {
        long left = free.get();
        while (left >= octets) {
            if (free.compareAndSet(left, left - octets)) {
                return true;
            }
            left = free.get();
        }
        return false;
    }

    void giveBack(long octets) {
        free.addAndGet(octets);
    }

    Path file(String id) {
        return folder.resolve(id);
    }

    FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
}
