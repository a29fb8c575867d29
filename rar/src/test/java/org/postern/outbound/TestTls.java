package org.postern.outbound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.postern.administration.Setting;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.ChainPem;
import org.postern.certificate.Entry;
import org.postern.certificate.TestAuthority;
import org.postern.settings.Configuration;
import org.postern.settings.RecordingHealth;
import org.postern.settings.SettingsFile;
import org.postern.settings.SettingsStore;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;
import org.postern.tls.Roles;
import org.postern.tls.TlsSettings;
import org.postern.tls.TrustFolder;

/** TLS of both sides of a test: an authority, servers with certificates of it or of another, and clients that trust it. */
public final class TestTls implements AutoCloseable {

    private final TestAuthority authority = new TestAuthority("Test CA", Instant.now());
    private final Engine engine;
    private final Path folder;
    private final List<Roles> made = new ArrayList<>();

    /**
     * Makes the authority.
     *
     * @param engine the client's
     * @param folder an empty one
     */
    public TestTls(Engine engine, Path folder) {
        this.engine = engine;
        this.folder = folder;
    }

    /** {@return what a server on this machine serves that the clients trust} */
    public SSLContext server() {
        return server(authority);
    }

    /** {@return what a server on this machine serves that the clients do not trust} */
    public SSLContext stranger() {
        return server(new TestAuthority("Another CA", Instant.now()));
    }

    /** {@return the settings of a client} */
    public ClientTls client(ClientLevel level) {
        try {
            Path own = Files.createTempDirectory(folder, "client");
            Path certificates = Files.createDirectory(own.resolve("certificates"));
            Path trust = Files.createDirectory(own.resolve("trust"));
            Files.writeString(trust.resolve("anchors.pem"), ChainPem.write(List.of(authority.certificate())));
            var all = new ArrayList<Setting<?>>(TlsSettings.ALL);
            all.addAll(CertificateSettings.ALL);
            RecordingHealth health = new RecordingHealth();
            var store = new CertificateStore(certificates, Optional.empty());
            Roles roles =
                    new Roles(store, new TrustFolder(trust, health), engine, health, Clock.systemUTC(), Runnable::run);
            made.add(roles);
            roles.start(new SettingsStore(
                    new Configuration(Map.of(TlsSettings.CLIENT_LEVEL.name(), level.name()), Map.of(), Map.of()),
                    new SettingsFile(own.resolve("settings.properties"), false),
                    health,
                    all));
            return roles.client();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        made.forEach(Roles::close);
    }

    private static SSLContext server(TestAuthority authority) {
        Entry entry = authority.issue(TestAuthority.Request.server(Instant.now(), "localhost"));
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", entry.key(), new char[0], entry.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
