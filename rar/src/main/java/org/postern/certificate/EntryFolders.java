package org.postern.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.postern.settings.DurableFile;

/**
 * The folders of a store. One is made aside and renamed, and renamed before it is deleted: whenever the machine fails, a folder
 * of a name is there as a whole or not at all.
 *
 * @param store the folder that they are in
 */
record EntryFolders(Path store) {

    private static final System.Logger LOG = System.getLogger(EntryFolders.class.getName());
    private static final String NEW = ".new";
    private static final String DELETED = ".deleted";

    /** What is in a folder. */
    @FunctionalInterface
    interface Content {
        void write(Path folder) throws IOException;
    }

    List<String> aliases() {
        try (Stream<Path> all = Files.list(store)) {
            return all.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(Alias::isValid)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("The certificate store " + store + " cannot be read: " + e + ".", e);
        }
    }

    void create(String alias, Content content) throws IOException {
        Path aside = aside(alias, NEW);
        remove(aside);
        try {
            DurableFile.createFolder(aside);
            content.write(aside);
            DurableFile.sync(aside);
            Files.move(aside, store.resolve(alias), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            removeQuietly(aside);
            throw e;
        }
        try {
            DurableFile.sync(store);
        } catch (IOException e) {
            // Refused is refused: it must not be there after the next start.
            delete(alias);
            throw e;
        }
    }

    void delete(String alias) throws IOException {
        Path aside = aside(alias, DELETED);
        remove(aside);
        Files.move(store.resolve(alias), aside, StandardCopyOption.ATOMIC_MOVE);
        DurableFile.sync(store);
        removeQuietly(aside);
    }

    /** Removes what a failed machine has left aside: there are private keys in it. */
    void tidy() {
        try (Stream<Path> all = Files.list(store)) {
            all.filter(path -> isLeftover(path.getFileName().toString())).forEach(EntryFolders::removeQuietly);
        } catch (IOException e) {
            throw new IllegalStateException("The certificate store " + store + " cannot be read: " + e + ".", e);
        }
    }

    private Path aside(String alias, String suffix) {
        return store.resolve("." + alias + suffix);
    }

    private static boolean isLeftover(String name) {
        return name.startsWith(".") && (name.endsWith(NEW) || name.endsWith(DELETED));
    }

    private static void removeQuietly(Path leftover) {
        try {
            remove(leftover);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "What is left in " + leftover + " could not be removed.", e);
        }
    }

    private static void remove(Path leftover) throws IOException {
        if (Files.exists(leftover)) {
            try (Stream<Path> all = Files.walk(leftover)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
