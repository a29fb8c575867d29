package org.postern.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files and folders that only the owner may read (where the file system knows owners), and that are on the disk when a method
 * returns.
 */
public final class DurableFile {

    private DurableFile() {}

    /**
     * Writes a file in one step: whoever reads it, also after a crash, finds all of the old content or all of the new.
     *
     * @param file the file, which may exist
     * @param content its new content
     * @throws IOException if the new content is not there for certain; then the old is, unless the disk fails altogether
     */
    public static void replace(Path file, byte[] content) throws IOException {
        byte[] before = Files.exists(file) ? Files.readAllBytes(file) : null;
        exchange(file, content);
        try {
            sync(file.getParent());
        } catch (IOException e) {
            putBack(file, before, e);
            throw e;
        }
    }

    /**
     * Writes a new file, readable by its owner only, and forces it to the disk. The folder is the caller's to {@link #sync}.
     *
     * @throws IOException if it exists or cannot be written
     */
    public static void create(Path file, byte[] content) throws IOException {
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, owner(file.getParent(), "rw-------"))) {
            for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /**
     * Makes a folder that only its owner can look into, with the folders above it. Does nothing if it is there.
     *
     * @throws IOException if it cannot be made
     */
    public static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            Files.createDirectories(parent);
            Files.createDirectory(folder, owner(parent, "rwx------"));
        }
    }

    /**
     * Forces a folder's entries to the disk.
     *
     * @throws IOException if that fails
     */
    public static void sync(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void exchange(Path file, byte[] content) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.deleteIfExists(aside);
            create(aside, content);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(aside);
            throw e;
        }
    }

    private static void putBack(Path file, byte[] before, IOException reason) {
        try {
            if (before == null) {
                Files.deleteIfExists(file);
            } else {
                exchange(file, before);
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static FileAttribute<?>[] owner(Path folder, String permissions) throws IOException {
        return isPosix(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString(permissions)))
                }
                : new FileAttribute<?>[0];
    }

    /** Not asked of the file store, which cannot be found in every container or changed root. */
    private static boolean isPosix(Path folder) {
        return Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
    }
}
