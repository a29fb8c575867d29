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
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.postern.administration.Setting;
import org.postern.certificate.Activation;
import org.postern.certificate.ActivationRule;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.ChainPem;
import org.postern.certificate.Entry;
import org.postern.certificate.TestAuthority;
import org.postern.settings.Configuration;
import org.postern.settings.RecordingHealth;
import org.postern.settings.SettingsFile;
import org.postern.settings.SettingsStore;
import org.postern.tls.Engine;
import org.postern.tls.PeerTable;
import org.postern.tls.Policies;
import org.postern.tls.PolicyCertificates;
import org.postern.tls.PolicySettings;
import org.postern.tls.Roles;
import org.postern.tls.TlsSettings;
import org.postern.tls.TrustFolder;

/** Policies, settings and a client that goes by them. */
public final class PolicyBench implements AutoCloseable {

    public final TestAuthority authority = new TestAuthority("Test CA", Instant.now());
    public final RecordingHealth health = new RecordingHealth();
    public final SettingsStore settings;
    public final CertificateStore store;
    public final ActivationRule rule;
    public final Activation activation;
    public final Roles roles;
    public final Policies policies;
    public final PeerTable peers = new PeerTable(Clock.systemUTC());
    public final AtomicLong now = new AtomicLong();
    public final OutboundStatistics statistics = new OutboundStatistics(peers, now::get);
    public final Environment environment;
    public final Client client;
    public final Probe probe;

    public PolicyBench(Path folder, TestClients clients, Map<String, String> configured) throws IOException {
        this(folder, clients, configured, Engine.best());
    }

    PolicyBench(Path folder, TestClients clients, Map<String, String> configured, Engine engine) throws IOException {
        var all = new ArrayList<Setting<?>>(TlsSettings.ALL);
        all.addAll(CertificateSettings.ALL);
        all.addAll(PolicySettings.ALL);
        all.addAll(OutboundSettings.ALL);
        all.addAll(AuthSettings.ALL);
        settings = new SettingsStore(
                new Configuration(configured, Map.of(), Map.of()),
                new SettingsFile(folder.resolve("settings.properties"), false),
                health,
                all);
        store = new CertificateStore(Files.createDirectories(folder.resolve("certificates")), Optional.empty());
        Path trust = Files.createDirectories(folder.resolve("trust"));
        Files.writeString(trust.resolve("anchors.pem"), ChainPem.write(List.of(authority.certificate())));
        rule = new ActivationRule(store, settings, PolicySettings::clientCertificates, Clock.systemUTC());
        settings.join(rule);
        activation = new Activation(store, settings, PolicySettings::clientCertificates);
        roles = new Roles(store, new TrustFolder(trust, health), engine, health, Clock.systemUTC(), Runnable::run);
        roles.start(settings);
        policies = new Policies(roles);
        policies.start(settings);
        new PolicyCertificates(rule, store, health).start(settings);
        environment = new Environment(
                clients.loops(),
                new PolicyDirections(policies, settings),
                () -> TestClients.PATIENT,
                "gateway.example.org",
                clients.servers(List.of(), 25, List.of()),
                new DeadHosts(() -> TestClients.NEVER, System::nanoTime),
                TestClients.anyNumber());
        client = new Client(environment, statistics);
        probe = new Probe(environment, policies, Clock.systemUTC());
    }

    /** {@return what a server serves that shows a certificate of the authority} */
    public SSLContext server(TestAuthority.Request request) {
        return server(authority.issue(request));
    }

    static SSLContext server(Entry entry) {
        return server(entry, new TrustManager[0]);
    }

    /** {@return the same for a server that asks for a certificate} */
    static SSLContext server(Entry entry, TrustManager... asking) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", entry.key(), new char[0], entry.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), asking.length == 0 ? null : asking, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes all that is shown, and remembers it. */
    static final class Shown implements X509TrustManager {

        final List<X509Certificate> seen = new ArrayList<>();

        @Override
        public synchronized void checkClientTrusted(X509Certificate[] chain, String authType) {
            seen.add(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Override
    public void close() {
        roles.close();
    }
}
