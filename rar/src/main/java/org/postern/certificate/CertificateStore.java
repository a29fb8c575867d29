package org.postern.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postern.settings.DurableFile;

/**
 * Certificates with their private keys, each in a folder of its own that is named by its alias. Such a folder comes into being
 * in one step. One that cannot be read is told of by name, and left as it is.
 */
public final class CertificateStore {

    private final Path folder;
    private final EntryFiles files;

    /**
     * Makes a store over a folder.
     *
     * @param folder the folder, which exists
     * @param keyPasswordFile the file whose first line is the password that private keys are encrypted with; empty for none
     */
    public CertificateStore(Path folder, Optional<Path> keyPasswordFile) {
        this.folder = folder;
        this.files = new EntryFiles(new KeyPassword(keyPasswordFile));
    }

    /**
     * Lists the entries, also those that cannot be read.
     *
     * @return their aliases in alphabetical order
     * @throws IllegalStateException with a full sentence, if the folder cannot be read
     */
    public List<String> aliases() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(Alias::isValid)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("The certificate store " + folder + " cannot be read: " + e + ".", e);
        }
    }

    /**
     * Reads an entry.
     *
     * @param alias its name
     * @return the entry
     * @throws IllegalStateException with a full sentence, if there is none or it cannot be read
     */
    public Entry load(String alias) {
        Path entry = folder.resolve(Alias.check(alias));
        if (!Files.isDirectory(entry)) {
            throw new IllegalStateException("There is no certificate " + alias + " in " + folder + ".");
        }
        try {
            return files.read(alias, entry);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The certificate " + alias + " in " + entry + " is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Adds an entry.
     *
     * @param entry the entry
     * @throws IllegalStateException with a full sentence, if the alias is taken or the entry cannot be written; then there is
     *     nothing of it
     */
    public void add(Entry entry) {
        Path target = folder.resolve(entry.alias());
        Path aside = folder.resolve("." + entry.alias() + ".new");
        if (Files.exists(target)) {
            throw new IllegalStateException("There is a certificate " + entry.alias() + " already.");
        }
        try {
            delete(aside);
            DurableFile.createFolder(aside);
            files.write(entry, aside);
            DurableFile.sync(aside);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.sync(folder);
        } catch (IOException e) {
            throw new IllegalStateException("The certificate " + entry + " could not be written: " + e + ".", e);
        }
    }

    private static void delete(Path leftover) throws IOException {
        if (Files.exists(leftover)) {
            try (Stream<Path> all = Files.walk(leftover)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
