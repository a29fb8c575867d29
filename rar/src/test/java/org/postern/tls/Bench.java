package org.postern.tls;

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
    final TrustStore trustStore;
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
        var anchors = new TrustFolder(trust, health);
        roles = new Roles(store, anchors, engine, health, Clock.systemUTC());
        trustStore = new TrustStore(roles, anchors, Clock.systemUTC());
    }

    /** Adds an entry to those that serve their own names beside the default. */
    Bench serveToo(Entry entry) {
        store.add(entry);
        String before = settings.text(CertificateSettings.SERVER_CERTIFICATES);
        settings.change(
                CertificateSettings.SERVER_CERTIFICATES,
                before.isEmpty() ? entry.alias() : before + "," + entry.alias());
        return this;
    }

    /** {@return the same under another alias} */
    static Entry named(String alias, Entry entry) {
        return new Entry(alias, entry.key(), entry.chain(), entry.origin(), entry.added());
    }

    static Stream<Engine> engines() {
        return Engines.available();
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
