package org.postern.certificate;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;
import org.postern.settings.DurableFile;

/**
 * The files of an entry: {@code key.pem}, {@code chain.pem}, {@code entry.properties}.
 *
 * @param password encrypts and decrypts the key
 */
record EntryFiles(KeyPassword password) {

    private static final String KEY = "key.pem";
    private static final String CHAIN = "chain.pem";
    private static final String PROPERTIES = "entry.properties";
    private static final String ORIGIN = "origin";
    private static final String ADDED = "added";

    void write(Entry entry, Path folder) throws IOException {
        var properties = new Properties();
        properties.setProperty(ORIGIN, entry.origin().name());
        properties.setProperty(ADDED, entry.added().toString());
        var text = new StringWriter();
        properties.store(text, null);
        create(folder.resolve(KEY), KeyPem.write(entry.key(), password.read()));
        create(folder.resolve(CHAIN), ChainPem.write(entry.chain()));
        create(folder.resolve(PROPERTIES), text.toString());
    }

    Entry read(String alias, Path folder) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(Files.readString(folder.resolve(PROPERTIES))));
        var chain = ChainPem.read(Files.readString(folder.resolve(CHAIN)));
        var key = KeyPem.read(Files.readString(folder.resolve(KEY)), password.read());
        try {
            var origin = Entry.Origin.valueOf(properties.getProperty(ORIGIN, ""));
            return new Entry(alias, key, chain, origin, Instant.parse(properties.getProperty(ADDED, "")));
        } catch (DateTimeException e) {
            throw new IOException("The file " + PROPERTIES + " does not say when it was added.", e);
        }
    }

    private static void create(Path file, String content) throws IOException {
        DurableFile.create(file, content.getBytes(StandardCharsets.UTF_8));
    }
}
