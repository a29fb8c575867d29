package org.postern.tls;

import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.postern.administration.Setting;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.ChainPem;
import org.postern.certificate.Entry;
import org.postern.settings.Configuration;
import org.postern.settings.RecordingHealth;
import org.postern.settings.SettingsFile;
import org.postern.settings.SettingsStore;

/** All around both roles, in a folder of a test. */
final class Bench {

    final Path certificates;
    final CertificateStore store;
    final RecordingHealth health = new RecordingHealth();
    final SettingsStore settings;
    final Roles roles;
    private final Path trust;

    Bench(Path folder, Engine engine) {
        this(folder, engine, Map.of());
    }

    Bench(Path folder, Engine engine, Map<String, String> configured) {
        try {
            certificates = Files.createDirectories(folder.resolve("certificates"));
            trust = Files.createDirectories(folder.resolve("trust"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var all = new ArrayList<Setting<?>>(TlsSettings.ALL);
        all.addAll(CertificateSettings.ALL);
        settings = new SettingsStore(
                new Configuration(configured, Map.of(), Map.of()),
                new SettingsFile(folder.resolve("settings.properties"), false),
                health,
                all);
        store = new CertificateStore(certificates, Optional.empty());
        roles = new Roles(store, new TrustFolder(trust, health), engine, health, Clock.systemUTC());
    }

    static Stream<Engine> engines() {
        return Stream.of(Engine.values()).filter(engine -> engine == Engine.JDK || OpenSsl.isAvailable());
    }

    Bench trust(X509Certificate... anchors) {
        try {
            Files.writeString(trust.resolve("anchors.pem"), ChainPem.write(List.of(anchors)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Bench serve(Entry entry) {
        store.add(entry);
        settings.change(CertificateSettings.ACTIVE_SERVER_CERTIFICATE, entry.alias());
        return this;
    }

    Bench start() {
        roles.start(settings);
        return this;
    }

    static void handshake(SSLEngine client, SSLEngine server) throws SSLException {
        new Rehearsal(client, server).run();
    }
}
