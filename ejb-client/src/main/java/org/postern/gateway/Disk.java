package org.postern.gateway;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that others than owner and group cannot read, and that are on the disk when it is said so. */
final class Disk {

    private static final int BUFFER_OCTETS = 64 << 10;

    private Disk() {}

    /** Makes a folder and those above it, where they are not there yet. */
    static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, permissions(folder, "rwxr-x---"));
    }

    /** {@return a stream into a new file} */
    static OutputStream createFile(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var channel = Files.newByteChannel(file, options, permissions(file, "rw-r-----"));
        return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_OCTETS);
    }

    /** Returns when the content of a file would outlive a power failure. */
    static void syncFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Returns when the names in a folder would outlive a power failure. */
    static void syncFolder(Path folder) throws IOException {
        if (!isPosix(folder)) {
            // Windows cannot open a folder; NTFS keeps a journal of names.
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        if (!isPosix(path)) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
