package org.postern.certificate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postern.settings.Configuration;
import org.postern.settings.RecordingHealth;
import org.postern.settings.SettingsFile;
import org.postern.settings.SettingsStore;

/** A store in a folder of a test, with all that works on it; making another one over the same folder is a restart. */
public final class StoreBench {

    /** A clock that is put forward by hand. */
    public static final class Hands extends Clock {
        private Instant now;

        Hands(Instant now) {
            this.now = now;
        }

        public void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** What others than activeClientCertificate show to servers, now and after a change. */
    public final Map<String, String> shownByOthers = new HashMap<>();

    public final Hands clock;
    public final Path folder;
    public final RecordingHealth health = new RecordingHealth();
    public final SettingsStore settings;
    public final CertificateStore store;
    public final Replacement replacement;
    public final Activation activation;
    public final Maker maker;
    public final Importer importer;
    public final Reload reload;
    public final ExpiryCheck expiry;
    public final List<Event> events = new ArrayList<>();

    public StoreBench(Path data) {
        this(data, Instant.parse("2026-11-24T12:00:00Z"));
    }

    StoreBench(Path data, Instant now) {
        try {
            folder = Files.createDirectories(data.resolve("certificates"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clock = new Hands(now);
        settings = new SettingsStore(
                new Configuration(Map.of(), Map.of(), Map.of()),
                new SettingsFile(data.resolve("settings.properties"), false),
                health,
                CertificateSettings.ALL);
        store = new CertificateStore(folder, Optional.empty());
        store.observe(events::add);
        settings.join(new ActivationRule(store, settings, values -> shownByOthers, clock));
        replacement = new Replacement(store, settings);
        replacement.start();
        activation = new Activation(store, settings, values -> shownByOthers);
        maker = new Maker(store, replacement, activation, clock);
        importer = new Importer(store, replacement, clock);
        reload = new Reload(store, replacement, activation, health, clock);
        expiry = new ExpiryCheck(store, replacement, activation, maker, health, clock);
    }

    /** {@return an empty password} */
    static char[] none() {
        return new char[0];
    }

    Plan plan(String alias) {
        return Plan.parse(alias, "CN=mx.example.org, O=Example", "mx.example.org, mail.example.org", "EC-P256");
    }

    Entry selfSigned(String alias) {
        maker.createSelfSigned(plan(alias), 397);
        return store.load(alias);
    }

    List<Event.Kind> kinds() {
        return events.stream().map(Event::kind).toList();
    }
}
