package org.postern.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {

    @TempDir
    private Path data;

    private StoreBench bench;
    private TestChain chain;
    private final KeyPair keys = KeyKind.EC_P256.generate();

    @BeforeEach
    void open() {
        bench = new StoreBench(data);
        chain = new TestChain(bench.clock.instant());
    }

    /** What was refused must have left nothing behind. */
    @AfterEach
    void whatIsHeldShouldBeWhatIsOnDisk() {
        assertThat(new StoreBench(data).store.aliases()).isEqualTo(bench.store.aliases());
    }

    @Test
    void answerShouldBePutInOrderAndBeReady() {
        SigningRequest request = request();
        X509Certificate leaf = chain.sign(request.publicKey());
        String answer = chain.pem(chain.root, chain.intermediate, leaf);
        assertThat(bench.importer.importAnswer("mail", answer))
                .isEqualTo("Imported the answer for mail, CN=mx.example.org, valid to 2027-02-22.");
        assertThat(bench.store.load("mail").chain()).containsExactly(leaf, chain.intermediate);
        assertThat(new StoreBench(data).store.load("mail")).isEqualTo(bench.store.load("mail"));
        assertThat(bench.kinds()).containsExactly(Event.Kind.ADDED, Event.Kind.COMPLETED);
        assertThat(new StoreBench(data).store.requestOf("mail").pem()).isEqualTo(request.pem());
    }

    @Test
    void leafAloneShouldBeTakenWithAWarning() {
        X509Certificate leaf = chain.sign(request().publicKey());
        assertThat(bench.importer.importAnswer("mail", oneLine(chain.pem(leaf))))
                .contains(
                        "Warning: the chain ends at CN=mx.example.org, whose issuer CN=Test Intermediate came not with it");
    }

    @Test
    void derAndPkcs7ShouldBeReadFromFilesAndAsBase64() throws Exception {
        X509Certificate leaf = chain.sign(request().publicKey());
        Path der = Files.write(data.resolve("leaf.cer"), leaf.getEncoded());
        bench.importer.importAnswerFile("mail", der.toString());
        assertThat(bench.store.load("mail").chain()).containsExactly(leaf);
        byte[] pkcs7 = pkcs7(List.of(chain.intermediate, leaf, chain.root));
        Path file = Files.write(data.resolve("chain.p7b"), pkcs7);
        assertThat(bench.importer.importAnswerFile("mail", file.toString())).startsWith("Renewed by a new answer");
        assertThat(bench.store.load("mail").chain()).containsExactly(leaf, chain.intermediate);
        bench.importer.importAnswer("mail", java.util.Base64.getMimeEncoder().encodeToString(pkcs7));
        bench.importer.importAnswer("mail", oneLine(Pem.block("PKCS7", pkcs7)));
        assertThat(bench.store.load("mail").chain()).containsExactly(leaf, chain.intermediate);
    }

    @Test
    void answerToAnotherRequestShouldBeRefused() {
        request();
        refused(
                () -> bench.importer.importAnswer("mail", chain.pem(chain.sign(keys.getPublic()))),
                "has the key of the request mail");
        assertThat(bench.store.find("mail").orElseThrow()).isInstanceOf(Stored.Pending.class);
    }

    @Test
    void expiredAnswerShouldBeRefused() {
        SigningRequest request = request();
        chain.validFor(Duration.ofDays(-90), Duration.ofSeconds(-1));
        refused(
                () -> bench.importer.importAnswer("mail", chain.pem(chain.sign(request.publicKey()))),
                "has expired at");
        assertThat(bench.store.find("mail").orElseThrow()).isInstanceOf(Stored.Pending.class);
        refused(() -> bench.importer.importAnswer("other", "x"), "There is no request other");
    }

    @Test
    void keyAndChainAsPemShouldBeImportedAlsoOnOneLine() throws IOException {
        Entry entry = chain.issue("any", keys);
        String key = KeyPem.write(entry.key(), Optional.empty());
        String answer = bench.importer.importPem(
                "mail",
                oneLine(key),
                oneLine(chain.pem(chain.intermediate, entry.certificate(), chain.root)),
                StoreBench.none());
        assertThat(answer).isEqualTo("Imported the certificate mail, CN=mx.example.org, valid to 2027-02-22.");
        assertThat(bench.store.load("mail").chain()).isEqualTo(entry.chain());
        assertThat(bench.store.load("mail").key()).isEqualTo(entry.key());
    }

    @Test
    void encryptedKeyShouldNeedItsPassword() throws IOException {
        String key = KeyPem.write(keys.getPrivate(), Optional.of("correct horse".toCharArray()));
        String certificate = chain.pem(chain.sign(keys.getPublic()));
        refused(
                () -> bench.importer.importPem("mail", key, certificate, StoreBench.none()),
                "encrypted, but no password is given");
        refused(
                () -> bench.importer.importPem("mail", key, certificate, "wrong".toCharArray()),
                "cannot be decrypted with the password");
        bench.importer.importPem("mail", key, certificate, "correct horse".toCharArray());
        assertThat(bench.store.load("mail").key()).isEqualTo(keys.getPrivate());
    }

    @Test
    void keyOfAnotherCertificateShouldBeRefused() throws IOException {
        String other = KeyPem.write(KeyKind.EC_P256.generate().getPrivate(), Optional.empty());
        refused(
                () -> bench.importer.importPem(
                        "mail", other, chain.pem(chain.sign(keys.getPublic())), StoreBench.none()),
                "is not that of the certificate CN=mx.example.org");
    }

    @Test
    void severalKeysShouldBeRefused() throws IOException {
        String key = KeyPem.write(keys.getPrivate(), Optional.empty());
        refused(
                () -> bench.importer.importPem(
                        "mail", key + key, chain.pem(chain.sign(keys.getPublic())), StoreBench.none()),
                "one private key in PEM, but there are 2");
    }

    @Test
    void weakKeyShouldBeRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        refusedKey(generator.generateKeyPair(), "The key is RSA-1024, but must be RSA of at least 2048 bits");
    }

    @Test
    void certificateForNeitherRoleShouldBeRefused() {
        chain.purpose(KeyPurposeId.id_kp_codeSigning);
        refusedKey(keys, "neither for TLS servers nor for TLS clients");
    }

    @Test
    void expiredShouldBeRefusedAndNearlyExpiredBeAWarning() throws IOException {
        chain.validFor(Duration.ofDays(-90), Duration.ofDays(-1));
        refusedKey(keys, "has expired at");
        chain.validFor(Duration.ofDays(-90), Duration.ofDays(5));
        String key = KeyPem.write(keys.getPrivate(), Optional.empty());
        assertThat(bench.importer.importPem(
                        "mail",
                        key,
                        chain.pem(chain.sign(keys.getPublic()), chain.intermediate, chain.root),
                        StoreBench.none()))
                .contains("Warning: it expires soon, at 2026-11-29T12:00:00Z.");
    }

    @Test
    void notYetValidShouldBeImportedButNotActivated() throws IOException {
        chain.validFor(Duration.ofDays(2), Duration.ofDays(90));
        String key = KeyPem.write(keys.getPrivate(), Optional.empty());
        assertThat(bench.importer.importPem("mail", key, chain.pem(chain.sign(keys.getPublic())), StoreBench.none()))
                .contains("it is not valid before 2026-11-26T12:00:00Z");
        refused(() -> bench.activation.activateAsServer("mail"), "is not valid before");
        bench.clock.forward(Duration.ofDays(3));
        bench.activation.activateAsServer("mail");
    }

    @Test
    @Timeout(10)
    void garbageShouldBeRefusedFastWhateverItsSize() throws IOException {
        String small = "\u0000\u0001 garbage -----BEGIN";
        String large = "-----BEGIN CERTIFICATE----- ".repeat(370_000);
        byte[] octets = new byte[10_000_000];
        Path file = Files.write(data.resolve("garbage"), octets);
        Path little = Files.write(data.resolve("little"), small.getBytes(UTF_8));
        request();
        for (String text : List.of(small, large, "", "String", "AAAA", "-----BEGIN CERTIFICATE-----AAAA")) {
            refused(() -> bench.importer.importAnswer("mail", text), "");
            refused(() -> bench.importer.importPem("other", text, text, StoreBench.none()), "");
            refused(() -> bench.importer.importPfxText("other", text, StoreBench.none()), "");
        }
        for (Path garbage : List.of(file, little, data, data.resolve("nothing"))) {
            refused(() -> bench.importer.importAnswerFile("mail", garbage.toString()), "");
            refused(() -> bench.importer.importPfx("other", garbage.toString(), StoreBench.none()), "");
            refused(
                    () -> bench.importer.importPemFiles(
                            "other", garbage.toString(), garbage.toString(), StoreBench.none()),
                    "");
        }
        refused(() -> bench.importer.importPfx("other", "a\0b", StoreBench.none()), "There is no file a?b");
    }

    @Test
    void aliasInUseShouldBeRefused() {
        Entry before = bench.selfSigned("mail");
        refused(
                () -> bench.importer.importPem("mail", "", "", StoreBench.none()),
                "There is a certificate mail already.");
        refused(() -> bench.importer.importAnswer("mail", "x"), "was not requested from here");
        assertThat(bench.store.load("mail")).isEqualTo(before);
    }

    private SigningRequest request() {
        bench.maker.createRequest(bench.plan("mail"));
        return bench.store.requestOf("mail");
    }

    private void refusedKey(KeyPair pair, String sentence) {
        refused(
                () -> bench.importer.importPem(
                        "mail",
                        KeyPem.write(pair.getPrivate(), Optional.empty()),
                        chain.pem(chain.sign(pair.getPublic())),
                        StoreBench.none()),
                sentence);
        assertThat(bench.store.aliases()).isEmpty();
    }

    private static void refused(ThrowingCallable operation, String sentence) {
        assertThatThrownBy(operation)
                .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
                .hasMessageContaining(sentence)
                .message()
                .endsWith(".")
                .hasSizeLessThan(500);
    }

    private static String oneLine(String pem) {
        return pem.replace('\n', ' ');
    }

    private static byte[] pkcs7(List<X509Certificate> certificates)
            throws GeneralSecurityException, CMSException, IOException {
        var generator = new CMSSignedDataGenerator();
        generator.addCertificates(new JcaCertStore(certificates));
        return generator.generate(new CMSProcessableByteArray(new byte[0])).getEncoded();
    }
}
