package org.postern.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The folder that keeps all that must last over a restart. Whoever has one open is the only one: mail in two hands would be
 * delivered twice.
 */
public final class DataDirectory implements AutoCloseable {

    /** Property names of this prefix mark directories in use; the JVM's properties are the one place that all class loaders share. */
    private static final String IN_USE = "org.postern.settings.inUse:";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Finds out which folder it is: the configured one, else one that the application server keeps for such data, else
     * {@code ./postern-data}.
     *
     * @param configured the value of the setting {@code dataDirectory}; empty text where nobody set it
     * @param systemProperties gives system properties; null for one that is not set
     * @return an absolute path
     */
    public static Path resolve(String configured, UnaryOperator<String> systemProperties) {
        return (configured.isBlank() ? ofServer(systemProperties) : Path.of(configured.trim()))
                .toAbsolutePath()
                .normalize();
    }

    /**
     * Makes the folder where it is missing, and takes hold of it.
     *
     * @param path the folder
     * @return the data directory; close it to let go
     * @throws IllegalStateException with a full sentence, if it is in use or cannot be used
     */
    public static DataDirectory open(Path path) {
        try {
            DurableFile.createFolder(path);
            Path real = path.toRealPath();
            if (System.getProperties().putIfAbsent(IN_USE + real, "yes") != null) {
                // Not even opened: closing a second channel would take the first one's lock away (POSIX).
                throw new IllegalStateException(
                        "The data directory " + real + " is in use by another instance in this JVM;"
                                + " set dataDirectory to a folder of its own for each.");
            }
            return lock(real);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The data directory " + path + " cannot be used: " + e
                            + ". Set dataDirectory to a folder that can be" + " written to.",
                    e);
        }
    }

    /** {@return the folder itself} */
    public Path path() {
        return path;
    }

    /** {@return the file that keeps settings changed at run time} */
    public Path settingsFile() {
        return path.resolve("settings.properties");
    }

    /** {@return the folder of the certificate store} */
    public Path certificates() {
        return path.resolve("certificates");
    }

    /** {@return the folder of the operator's own certificate authorities} */
    public Path trust() {
        return path.resolve("trust");
    }

    /** {@return the folder for content on its way} */
    public Path spool() {
        return path.resolve("spool");
    }

    /** Lets go of the folder. Does nothing when that was done already. */
    @Override
    public void close() {
        if (channel.isOpen()) {
            release(path, channel, lock);
        }
    }

    private static DataDirectory lock(Path real) throws IOException {
        FileChannel channel = null;
        FileLock lock = null;
        try {
            Path file = real.resolve("lock");
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            if (lock == null) {
                throw new IllegalStateException("The data directory " + real
                        + " is in use by another process; stop that one," + " or set dataDirectory to another folder.");
            }
            var directory = new DataDirectory(real, channel, lock);
            for (Path folder : new Path[] {directory.certificates(), directory.trust(), directory.spool()}) {
                DurableFile.createFolder(folder);
            }
            return directory;
        } catch (IOException | RuntimeException e) {
            release(real, channel, lock);
            throw e;
        }
    }

    private static void release(Path path, FileChannel channel, FileLock lock) {
        try (channel;
                lock) {
            System.getLogger(DataDirectory.class.getName()).log(System.Logger.Level.DEBUG, "Leaving {0}.", path);
        } catch (IOException e) {
            // The operating system lets go of it with the process.
            System.getLogger(DataDirectory.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "The lock of the data directory " + path + " could not be released.",
                            e);
        } finally {
            System.getProperties().remove(IN_USE + path);
        }
    }

    private static Path ofServer(UnaryOperator<String> systemProperties) {
        Optional<Path> wildfly = Optional.ofNullable(systemProperties.apply("jboss.server.data.dir"))
                .map(Path::of);
        Optional<Path> payara = Optional.ofNullable(systemProperties.apply("com.sun.aas.instanceRoot"))
                .map(Path::of)
                .filter(root -> !isTemporary(root, systemProperties));
        return wildfly.or(() -> payara).map(root -> root.resolve("postern")).orElse(Path.of("postern-data"));
    }

    /** Payara Micro unpacks itself under the temporary directory, anew at each start. */
    private static boolean isTemporary(Path root, UnaryOperator<String> systemProperties) {
        String temporary = systemProperties.apply("java.io.tmpdir");
        return temporary != null && real(root).startsWith(real(Path.of(temporary)));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
