package org.postern.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Brings in what authorities and other programs have made. Each operation says in one line what it did, with warnings; each
 * refusal is an exception with a full sentence, and nothing has changed then. Passwords are the caller's to wipe.
 */
public final class Importer {

    private final CertificateStore store;
    private final Replacement replacement;
    private final Inspection inspection;
    private final Clock clock;

    /**
     * Makes one.
     *
     * @param store where what is imported goes
     * @param replacement puts answers to requests in place
     * @param clock tells the time
     */
    public Importer(CertificateStore store, Replacement replacement, Clock clock) {
        this.store = store;
        this.replacement = replacement;
        this.inspection = new Inspection(clock);
        this.clock = clock;
    }

    /**
     * Imports what an authority has answered to a request; also a later answer, which takes the place of the former.
     *
     * @param alias the request
     * @param answer PEM or Base64: the certificate alone or with its chain in any order, or PKCS #7
     */
    public String importAnswer(String alias, String answer) {
        return answer(alias, answer.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Does the same with a file, which may be DER, too.
     *
     * @param file its path on the server
     */
    public String importAnswerFile(String alias, String file) {
        return answer(alias, content(file));
    }

    /**
     * Imports a PFX (PKCS #12).
     *
     * @param file its path on the server
     */
    public String importPfx(String alias, String file, char[] password) {
        checkUnused(alias);
        return pfx(alias, content(file), password);
    }

    /**
     * Imports a PFX (PKCS #12) as text.
     *
     * @param base64 its Base64; white space does not matter
     */
    public String importPfxText(String alias, String base64, char[] password) {
        checkUnused(alias);
        return pfx(
                alias,
                reading("The PFX", () -> {
                    if (base64.length() > 2 * Pem.MOST_OCTETS) {
                        throw new IOException("It is larger than 1 MiB, which none with one key is.");
                    }
                    return Pem.decode(base64, "The text");
                }),
                password);
    }

    /**
     * Imports a private key and its chain.
     *
     * @param keyPem PKCS #8, PKCS #1 or SEC 1
     * @param chainPem the certificate and those of its issuers, in any order
     * @param password of the key; empty for one that is not encrypted
     */
    public String importPem(String alias, String keyPem, String chainPem, char[] password) {
        checkUnused(alias);
        Optional<char[]> given = password.length == 0 ? Optional.empty() : Optional.of(password);
        return add(
                alias,
                reading("The PEM", () -> new KeyAndCertificates(KeyPem.read(keyPem, given), ChainPem.read(chainPem))),
                Entry.Origin.PEM);
    }

    /** Does the same with two files, which may be the same one; the chain may be DER or PKCS #7, too. */
    public String importPemFiles(String alias, String keyFile, String chainFile, char[] password) {
        checkUnused(alias);
        Optional<char[]> given = password.length == 0 ? Optional.empty() : Optional.of(password);
        byte[] key = content(keyFile);
        byte[] chain = content(chainFile);
        return add(
                alias,
                reading(
                        "The file",
                        () -> new KeyAndCertificates(
                                KeyPem.read(new String(key, StandardCharsets.ISO_8859_1), given),
                                ChainPem.readAny(chain))),
                Entry.Origin.PEM);
    }

    private String pfx(String alias, byte[] octets, char[] password) {
        return add(alias, reading("The PFX", () -> Pfx.read(octets, password)), Entry.Origin.PFX);
    }

    private String add(String alias, KeyAndCertificates read, Entry.Origin origin) {
        List<X509Certificate> chain = inspection.chain(read);
        var entry = new Entry(alias, read.key(), chain, origin, clock.instant());
        String warnings = inspection.warnings(entry, read.certificates());
        store.add(entry);
        return Sentences.of("Imported the certificate", entry) + warnings;
    }

    private String answer(String alias, byte[] octets) {
        SigningRequest request = store.requestOf(alias);
        List<X509Certificate> found = reading("The answer", () -> ChainPem.readAny(octets));
        List<X509Certificate> chain = Chains.order(found, request.publicKey())
                .orElseThrow(
                        () -> new IllegalArgumentException("No certificate in the answer has the key of the request "
                                + alias + "; it is the answer to another request."));
        inspection.check(chain.get(0));
        var entry = new Entry(alias, request.key(), chain, Entry.Origin.REQUEST, request.added());
        boolean first = store.find(alias).orElseThrow() instanceof Stored.Pending;
        String warnings = inspection.warnings(entry, found);
        replacement.replace(entry, Optional.of(request));
        String sentence = Sentences.of(first ? "Imported the answer for" : "Renewed by a new answer", entry);
        store.tell(first ? Event.Kind.COMPLETED : Event.Kind.RENEWED, alias, sentence);
        return sentence + warnings;
    }

    private void checkUnused(String alias) {
        if (store.find(Alias.check(alias)).isPresent()) {
            throw new IllegalStateException("There is a certificate " + alias + " already.");
        }
    }

    /** Looks at the size first: what is too large is not read. */
    private static byte[] content(String file) {
        try {
            Path path = Path.of(file.trim());
            if (!Files.isRegularFile(path)) {
                throw new NoSuchFileException(file);
            }
            if (Files.size(path) > Pem.MOST_OCTETS) {
                throw new IllegalArgumentException(
                        "The file " + path + " is larger than 1 MiB, which no key and no chain is.");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "There is no file " + file.replaceAll("\\p{Cntrl}", "?") + " on the gateway's machine.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + file + " cannot be read: " + e + ".", e);
        }
    }

    private static <T> T reading(String what, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new IllegalArgumentException(what + " is refused. " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }
}
