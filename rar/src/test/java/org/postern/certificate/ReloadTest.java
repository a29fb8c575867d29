package org.postern.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {

    @TempDir
    private Path data;

    private StoreBench bench;
    private TestChain chain;
    private Entry old;

    @BeforeEach
    void open() {
        bench = new StoreBench(data);
        chain = new TestChain(bench.clock.instant());
        old = bench.selfSigned("mail");
        bench.activation.activateAsServer("mail");
        bench.events.clear();
    }

    @Test
    void keyAndChainReplacedInPlaceShouldBeTakenUp() throws IOException {
        Entry renewed = chain.issue("mail", KeyKind.RSA_2048.generate());
        drop(renewed);
        assertThat(bench.store.load("mail")).isEqualTo(old);
        assertThat(bench.reload.run()).startsWith("Took up the changed files of mail, CN=mx.example.org");
        assertThat(bench.store.load("mail").chain()).isEqualTo(renewed.chain());
        assertThat(bench.kinds()).containsExactly(Event.Kind.RENEWED);
        assertThat(bench.reload.run()).isEqualTo("The folder has nothing new.");
    }

    @Test
    void droppedFolderShouldBecomeACertificateAndDamageAProblem() throws IOException {
        drop(chain.issue("dropped", KeyKind.EC_P256.generate()));
        Files.createDirectory(bench.folder.resolve("broken"));
        assertThat(bench.reload.run())
                .contains(
                        "Found the certificate dropped",
                        "The certificate broken in",
                        "is damaged: The file key.pem is missing.");
        assertThat(bench.store.load("dropped").origin()).isEqualTo(Entry.Origin.FILES);
        assertThat(bench.health.problems()).singleElement().asString().contains("certificate broken");
        assertThat(bench.store.load("mail")).isEqualTo(old);
        Files.delete(bench.folder.resolve("broken"));
        bench.reload.run();
        assertThat(bench.health.problems()).isEmpty();
        assertThat(bench.store.aliases()).containsExactly("dropped", "mail");
    }

    @Test
    void whatDoesNotPassShouldBeAProblemAndTheOldOneGoOn() throws IOException {
        KeyPair keys = KeyKind.EC_P256.generate();
        drop(chain.validFor(Duration.ofDays(-9), Duration.ofDays(-1)).issue("mail", keys));
        assertThat(bench.reload.run()).contains("are not taken up", "has expired at");
        assertStillOld();
        drop(chain.validFor(Duration.ofDays(-9), Duration.ofDays(9)).issue("mail", keys));
        var refusing = bench.settings.join(candidate -> {
            throw new IllegalStateException("It cannot be proven.");
        });
        assertThat(bench.reload.run()).contains("are not taken up. It cannot be proven.");
        assertStillOld();
        refusing.close();
        bench.reload.run();
        assertThat(bench.health.problems()).isEmpty();
        assertThat(bench.store.load("mail").key()).isEqualTo(keys.getPrivate());
    }

    @Test
    void keyWithoutItsChainShouldWaitForIt() throws IOException {
        Entry renewed = chain.issue("mail", KeyKind.EC_P256.generate());
        Files.writeString(bench.folder.resolve("mail/key.pem"), KeyPem.write(renewed.key(), Optional.empty()));
        assertThat(bench.reload.run()).contains("not that of its certificate", "What was read before goes on");
        assertStillOld();
        drop(renewed);
        bench.reload.run();
        assertThat(bench.store.load("mail").key()).isEqualTo(renewed.key());
    }

    @Test
    void activeFolderThatIsGoneShouldBeAProblemAndOthersBeForgotten() throws IOException {
        bench.selfSigned("other");
        for (String alias : new String[] {"mail", "other"}) {
            Files.move(bench.folder.resolve(alias), data.resolve(alias));
        }
        assertThat(bench.reload.run()).contains("The folder of the certificate mail is gone, but it is active");
        assertThat(bench.store.aliases()).containsExactly("mail");
        assertStillOld();
    }

    @Test
    void watchShouldTakeUpFilesThatHaveComeToRest() throws IOException {
        var watch = new FolderWatch(bench.store, bench.settings, bench.reload, bench.clock);
        assertThat(watch.isDue()).isFalse();
        bench.settings.change(CertificateSettings.CERTIFICATE_WATCH, "60");
        assertThat(watch.isDue()).isTrue();
        watch.run();
        assertThat(watch.isDue()).isFalse();
        bench.clock.forward(Duration.ofSeconds(60));
        assertThat(watch.isDue()).isTrue();
        Entry renewed = chain.issue("mail", KeyKind.EC_P256.generate());
        drop(renewed);
        watch.run();
        assertThat(bench.store.load("mail")).isEqualTo(old);
        watch.run();
        assertThat(bench.store.load("mail").key()).isEqualTo(renewed.key());
    }

    private void assertStillOld() {
        assertThat(bench.store.load("mail")).isEqualTo(old);
        assertThat(bench.health.problems()).singleElement().asString().contains("mail");
    }

    private void drop(Entry entry) throws IOException {
        Path folder = Files.createDirectories(bench.folder.resolve(entry.alias()));
        Files.writeString(folder.resolve("key.pem"), KeyPem.write(entry.key(), Optional.empty()));
        Files.writeString(folder.resolve("chain.pem"), ChainPem.write(entry.chain()) + chain.pem(chain.root));
    }
}
