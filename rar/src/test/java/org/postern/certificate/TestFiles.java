package org.postern.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Gives an entry to clients that are not ours. */
public final class TestFiles {

    private TestFiles() {}

    /** Writes key and chain into one file. */
    public static Path pem(Entry entry, Path file) throws IOException {
        String key = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(entry.key().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        return Files.writeString(file, key + ChainPem.write(entry.chain()));
    }

    /** {@return what shows it in the Java platform's engine} */
    public static KeyManager[] keyManagers(Entry entry) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("entry", entry.key(), new char[0], entry.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
