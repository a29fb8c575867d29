package org.postern.certificate;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.postern.settings.DurableFile;

/**
 * The files of an entry: {@code key.pem}, {@code chain.pem} once there is a certificate, {@code request.pem} if one was made,
 * and {@code entry.properties}. What others put there needs the first two only.
 *
 * @param password encrypts and decrypts the key
 */
record EntryFiles(KeyPassword password) {

    static final String KEY = "key.pem";
    static final String CHAIN = "chain.pem";
    private static final String REQUEST = "request.pem";
    private static final String PROPERTIES = "entry.properties";
    private static final String ORIGIN = "origin";
    private static final String ADDED = "added";
    private static final String TOLD = "told";

    void write(Entry entry, Path folder) throws IOException {
        writeKey(entry.key(), folder);
        create(folder.resolve(CHAIN), ChainPem.write(entry.chain()));
        create(folder.resolve(PROPERTIES), properties(entry.origin(), entry.added(), Optional.empty()));
    }

    void write(SigningRequest request, Path folder) throws IOException {
        writeKey(request.key(), folder);
        create(folder.resolve(REQUEST), request.pem());
        create(folder.resolve(PROPERTIES), properties(Entry.Origin.REQUEST, request.added(), Optional.empty()));
    }

    void replaceChain(List<X509Certificate> chain, Path folder) throws IOException {
        DurableFile.replace(folder.resolve(CHAIN), octets(ChainPem.write(chain)));
    }

    void removeChain(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(CHAIN));
        DurableFile.sync(folder);
    }

    void replaceTold(Entry entry, Stored.Told told, Path folder) throws IOException {
        String text = properties(entry.origin(), entry.added(), Optional.of(told));
        DurableFile.replace(folder.resolve(PROPERTIES), octets(text));
    }

    /**
     * Reads what is in a folder.
     *
     * @throws IOException or IllegalArgumentException with a full sentence, if it does not fit together
     */
    Stored read(String alias, Path folder) throws IOException {
        var properties = new Properties();
        if (Files.exists(folder.resolve(PROPERTIES))) {
            properties.load(new StringReader(text(folder.resolve(PROPERTIES))));
        }
        PrivateKey key = readKey(folder);
        Instant added = added(properties, folder);
        Optional<SigningRequest> request = Files.exists(folder.resolve(REQUEST))
                ? Optional.of(new SigningRequest(alias, key, text(folder.resolve(REQUEST)), added))
                : Optional.empty();
        if (request.isPresent() && !Files.exists(folder.resolve(CHAIN))) {
            request.get().publicKey();
            return new Stored.Pending(request.get());
        }
        var found = ChainPem.read(text(folder.resolve(CHAIN)));
        var origin = Entry.Origin.valueOf(properties.getProperty(ORIGIN, Entry.Origin.FILES.name()));
        Optional<Stored.Told> told =
                Optional.ofNullable(properties.getProperty(TOLD)).map(Stored.Told::parse);
        return new Stored.Ready(new Entry(alias, key, ordered(found), origin, added), request, told);
    }

    private void writeKey(PrivateKey key, Path folder) throws IOException {
        Optional<char[]> secret = password.read();
        try {
            create(folder.resolve(KEY), KeyPem.write(key, secret));
        } finally {
            wipe(secret);
        }
    }

    private PrivateKey readKey(Path folder) throws IOException {
        Optional<char[]> secret = password.read();
        try {
            return KeyPem.read(text(folder.resolve(KEY)), secret);
        } catch (IOException e) {
            throw e.getMessage().contains("password") ? new IOException(e.getMessage() + hint(), e) : e;
        } finally {
            wipe(secret);
        }
    }

    private String hint() {
        return password.file()
                .map(file -> " The password is the first line of keyPasswordFile " + file + ".")
                .orElse(" The setting keyPasswordFile is not set.");
    }

    /** Others may put the root there, or an order of their own. */
    private static List<X509Certificate> ordered(List<X509Certificate> found) {
        return Chains.order(found, found.get(0).getPublicKey()).orElse(found);
    }

    private static Instant added(Properties properties, Path folder) throws IOException {
        String added = properties.getProperty(ADDED);
        try {
            return added == null
                    ? Files.getLastModifiedTime(folder.resolve(KEY)).toInstant()
                    : Instant.parse(added);
        } catch (DateTimeException e) {
            throw new IOException("The file " + PROPERTIES + " does not say when it was added.", e);
        }
    }

    private static String properties(Entry.Origin origin, Instant added, Optional<Stored.Told> told)
            throws IOException {
        var properties = new Properties();
        properties.setProperty(ORIGIN, origin.name());
        properties.setProperty(ADDED, added.toString());
        told.ifPresent(warning -> properties.setProperty(TOLD, warning.toString()));
        var text = new StringWriter();
        properties.store(text, null);
        return text.toString();
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("The file " + file.getFileName() + " is missing.");
        }
        if (Files.size(file) > Pem.MOST_OCTETS) {
            throw new IOException("The file " + file.getFileName() + " is larger than 1 MiB.");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static void create(Path file, String content) throws IOException {
        DurableFile.create(file, octets(content));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void wipe(Optional<char[]> secret) {
        secret.ifPresent(characters -> Arrays.fill(characters, '\0'));
    }
}
