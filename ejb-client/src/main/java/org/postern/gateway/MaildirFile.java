package org.postern.gateway;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A message on its way into a mailbox.
 *
 * @param unfinished where it is written
 * @param delivered where readers find it
 */
record MaildirFile(Path unfinished, Path delivered) {

    /** Makes this file the same as another unfinished one: by a link where the file system can, else by a copy. */
    void copyFrom(MaildirFile other) throws IOException {
        try {
            Files.createLink(unfinished, other.unfinished);
        } catch (FileSystemException | UnsupportedOperationException e) {
            // No links here, none over to another file system, or no more of them to this file.
            Files.copy(other.unfinished, unfinished);
        }
    }

    /** Hands it to readers; it would outlive a power failure when this returns. */
    void deliver() throws IOException {
        Disk.syncFile(unfinished);
        Files.move(unfinished, delivered, StandardCopyOption.ATOMIC_MOVE);
        Disk.syncFolder(delivered.getParent());
    }

    /** Removes it, however far it came. */
    void discard() throws IOException {
        Files.deleteIfExists(unfinished);
        Files.deleteIfExists(delivered);
    }
}
