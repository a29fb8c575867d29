package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.postern.administration.Setting;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.FirstStart;
import org.postern.container.TestClient;
import org.postern.content.Spool;
import org.postern.network.EventLoops;
import org.postern.settings.Configuration;
import org.postern.settings.RecordingHealth;
import org.postern.settings.SettingsFile;
import org.postern.settings.SettingsStore;
import org.postern.tls.Engine;
import org.postern.tls.PeerTable;
import org.postern.tls.Roles;
import org.postern.tls.TlsSettings;
import org.postern.tls.TrustFolder;
import org.postern.tls.TrustStore;

/** A listener on free ports, with a certificate of its own, for the tests of this package. */
final class TestListener implements AutoCloseable {

    static final String HOST_NAME = "mx.example.org";

    final Listener listener;
    final SettingsStore settings;
    final Path spool;
    final PeerTable peers = new PeerTable(Clock.systemUTC());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EventLoops loops;
    private final Deliveries deliveries;
    private final Listener.Environment environment;
    private final Spool content;
    final CertificateStore store;
    final Roles roles;
    final TrustStore trustStore;
    volatile Predicate<InetSocketAddress> trusted = peer -> false;

    TestListener(Path folder, Deliveries deliveries, Map<String, String> configured) throws IOException {
        this(folder, deliveries, configured, Engine.best());
    }

    TestListener(Path folder, Deliveries deliveries, Map<String, String> configured, Engine engine) throws IOException {
        var values = new HashMap<>(
                Map.of("host", "127.0.0.1", "port", "0", "maxMessageSize", "1000000", "idleTimeout", "30s"));
        values.putAll(configured);
        var all = new ArrayList<Setting<?>>(TlsSettings.ALL);
        all.addAll(CertificateSettings.ALL);
        all.addAll(ListenerSettings.ALL);
        Files.createDirectories(folder);
        var health = new RecordingHealth();
        settings = new SettingsStore(
                new Configuration(values, Map.of(), Map.of()),
                new SettingsFile(folder.resolve("settings.properties"), false),
                health,
                all);
        Path certificates = Files.createDirectories(folder.resolve("certificates"));
        Path trust = Files.createDirectories(folder.resolve("trust"));
        spool = Files.createDirectories(folder.resolve("spool"));
        store = new CertificateStore(certificates, Optional.empty());
        FirstStart.prepare(store, settings, HOST_NAME, Clock.systemUTC());
        var anchors = new TrustFolder(trust, health);
        roles = new Roles(store, anchors, engine, health, Clock.systemUTC(), threads);
        trustStore = new TrustStore(roles, anchors, Clock.systemUTC());
        roles.start(settings);
        loops = new EventLoops(2, threads, TestListener.class.getClassLoader());
        this.deliveries = deliveries;
        environment = new Listener.Environment(
                settings, roles::server, peer -> trusted.test(peer), HOST_NAME, Clock.systemUTC(), peers);
        content = new Spool(spool, 16_384);
        listener = Listener.create(loops, environment, deliveries, content);
        listener.open();
    }

    /** {@return what its connections share, for one that a test makes itself} */
    Reception reception() {
        Statistics statistics = listener.statistics();
        var door = new Door(settings, environment.trusted(), statistics, System::nanoTime);
        return new Reception(environment, deliveries, content, statistics, new MessageIds(environment.clock()), door);
    }

    InetSocketAddress address() {
        return listener.addresses().get(0);
    }

    InetSocketAddress implicitTlsAddress() {
        return listener.implicitTlsAddresses().get(0);
    }

    List<Path> spooled() {
        try (var files = Files.list(spool)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a client that was greeted, in clear or on the port for implicit TLS} */
    TestClient greet(boolean implicitTls) throws IOException {
        var client = new TestClient(implicitTls ? implicitTlsAddress() : address(), implicitTls);
        assertThat(client.line()).startsWith("220 ");
        return client;
    }

    /** Somebody else's mail is taken, whatever became of what came before. */
    void expectHonestMailToBeTaken() throws IOException {
        long before = listener.statistics().get(Statistics.Figure.MESSAGES_ACCEPTED);
        try (TestClient honest = greet(false)) {
            assertThat(honest.message("a@accepted.example", "Subject: x\r\n\r\nhonest\r\n"))
                    .startsWith("250 2.0.0 ");
            assertThat(honest.ask("QUIT")).startsWith("221 ");
        }
        assertThat(listener.statistics().get(Statistics.Figure.MESSAGES_ACCEPTED))
                .isEqualTo(before + 1);
    }

    void awaitNoSessions() {
        await("a session is left", () -> listener.sessions() == 0);
    }

    static void await(String otherwise, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(otherwise).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        listener.close(Duration.ofSeconds(5));
        loops.close();
        roles.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The event loops did not end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
