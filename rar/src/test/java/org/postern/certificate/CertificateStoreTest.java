package org.postern.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.settings.Configuration;
import org.postern.settings.RecordingHealth;
import org.postern.settings.SettingsFile;
import org.postern.settings.SettingsStore;

class CertificateStoreTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path data;

    private Path folder;
    private CertificateStore store;

    @BeforeEach
    void makeStore() throws IOException {
        folder = Files.createDirectory(data.resolve("certificates"));
        store = new CertificateStore(folder, Optional.empty());
    }

    @Test
    void entryShouldBeReadAsItWasWritten() {
        Entry made = make("mail-2027");
        store.add(made);
        assertThat(store.aliases()).containsExactly("mail-2027");
        assertThat(store.load("mail-2027")).isEqualTo(made);
    }

    @Test
    void keyShouldBeReadableByItsOwnerOnly() throws IOException {
        store.add(make("mail"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("mail/key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void keyShouldBeEncryptedWhereThereIsAPassword() throws IOException {
        Path password = Files.writeString(data.resolve("password"), "correct horse\n");
        CertificateStore encrypted = new CertificateStore(folder, Optional.of(password));
        Entry made = make("mail");
        encrypted.add(made);
        assertThat(folder.resolve("mail/key.pem")).content().startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(new CertificateStore(folder, Optional.of(password)).load("mail"))
                .isEqualTo(made);
        assertThatThrownBy(() -> reopened().load("mail")).hasMessageContaining("setting keyPasswordFile is not set");
        Files.writeString(password, "wrong");
        CertificateStore wrong = new CertificateStore(folder, Optional.of(password));
        assertThatThrownBy(() -> wrong.load("mail"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be decrypted")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aliasInUseShouldBeRefused() {
        store.add(make("mail"));
        assertThatThrownBy(() -> store.add(make("mail"))).hasMessage("There is a certificate mail already.");
    }

    @Test
    void leftoversOfAnInterruptedWriteShouldNotBeInTheWay() throws IOException {
        Files.createDirectories(folder.resolve(".mail.new"));
        Files.writeString(folder.resolve(".mail.new/key.pem"), "half");
        assertThat(store.aliases()).isEmpty();
        store.add(make("mail"));
        assertThat(store.load("mail").alias()).isEqualTo("mail");
        Files.createDirectories(folder.resolve(".other.deleted"));
        assertThat(reopened().aliases()).containsExactly("mail");
        assertThat(folder).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void damagedEntryShouldBeNamedAndLeftAlone() throws IOException {
        store.add(make("mail"));
        Path key = folder.resolve("mail/key.pem");
        Files.writeString(key, "rubbish");
        assertThatThrownBy(() -> reopened().load("mail"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The certificate mail in")
                .hasMessageContaining("is damaged");
        assertThat(key).content().isEqualTo("rubbish");
        assertThat(store.aliases()).containsExactly("mail");
    }

    @Test
    void keyOfAnotherCertificateShouldBeDamage() throws IOException {
        store.add(make("mail"));
        store.add(make("other"));
        Files.writeString(folder.resolve("mail/key.pem"), Files.readString(folder.resolve("other/key.pem")));
        assertThatThrownBy(() -> reopened().load("mail")).hasMessageContaining("not that of its certificate");
        assertThat(reopened().load("other").alias()).isEqualTo("other");
    }

    @Test
    void aliasShouldNotLeadOutOfTheFolder() {
        for (String alias : new String[] {"..", ".hidden", "a/b", "A", "", "a".repeat(65)}) {
            assertThatThrownBy(() -> store.load(alias)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void firstStartShouldMakeACertificateAndLaterOnesKeepIt() {
        SettingsStore settings = settings();
        FirstStart.prepare(store, settings, "mx.example.org", CLOCK);
        assertThat(settings.get(CertificateSettings.ACTIVE_SERVER_CERTIFICATE)).contains("default");
        Entry made = store.load("default");
        FirstStart.prepare(store, settings(), "mx.example.org", CLOCK);
        assertThat(store.load("default")).isEqualTo(made);
    }

    @Test
    void lostCertificateShouldNotBeReplacedByANewOne() {
        SettingsStore settings = settings();
        settings.change(CertificateSettings.ACTIVE_SERVER_CERTIFICATE, "lost");
        FirstStart.prepare(store, settings, "mx.example.org", CLOCK);
        assertThat(store.aliases()).isEmpty();
    }

    @Test
    void firstStartThatWasCutOffShouldBeCarriedOn() {
        Entry made = make("default");
        store.add(made);
        SettingsStore settings = settings();
        FirstStart.prepare(store, settings, "mx.example.org", CLOCK);
        assertThat(settings.get(CertificateSettings.ACTIVE_SERVER_CERTIFICATE)).contains("default");
        assertThat(store.load("default")).isEqualTo(made);
    }

    @Test
    void entryShouldNotTellItsKey() {
        assertThat(make("mail")).hasToString("mail");
    }

    private CertificateStore reopened() {
        return new CertificateStore(folder, Optional.empty());
    }

    private static Entry make(String alias) {
        return new SelfSigned(CLOCK).make(alias, List.of("mx.example.org"));
    }

    private SettingsStore settings() {
        return new SettingsStore(
                new Configuration(Map.of(), Map.of(), Map.of()),
                new SettingsFile(data.resolve("settings.properties"), false),
                new RecordingHealth(),
                CertificateSettings.ALL);
    }
}
