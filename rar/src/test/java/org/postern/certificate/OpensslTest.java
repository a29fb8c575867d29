package org.postern.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the real openssl has made. */
class OpensslTest {

    /** Where openssl works: one authority for all tests. */
    @TempDir
    private static Path data;

    @TempDir
    private Path gateway;

    private StoreBench bench;

    @BeforeAll
    static void makeAuthority() {
        openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout root.key -out root.pem -days 99 -subj /CN=Root");
        openssl(
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout ca.key -out ca.csr -subj /CN=Intermediate");
        write("ca.ext", "basicConstraints=critical,CA:TRUE\n");
        openssl(
                "x509 -req -in ca.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile ca.ext -out ca.pem -days 98");
        write("leaf.ext", "subjectAltName=DNS:mx.example.org\nextendedKeyUsage=serverAuth\n");
        openssl("genrsa -out rsa.key 2048");
    }

    /** What openssl has made a second ago must be valid. */
    @BeforeEach
    void open() {
        bench = new StoreBench(gateway, Instant.now().plusSeconds(60));
    }

    @Test
    void answerOfOpensslToOurRequestShouldBeTaken() {
        bench.maker.createRequest(bench.plan("mail"));
        write("mail.csr", bench.store.requestOf("mail").pem());
        assertThat(openssl("req -in mail.csr -noout -verify -text"))
                .contains("DNS:mx.example.org, DNS:mail.example.org")
                .contains("verify OK");
        sign("mail.csr");
        openssl("crl2pkcs7 -nocrl -certfile leaf.pem -certfile ca.pem -out chain.p7b");
        assertThat(bench.importer.importAnswerFile("mail", file("chain.p7b"))).startsWith("Imported the answer");
        assertThat(bench.store.load("mail").chain()).hasSize(2);
        openssl("crl2pkcs7 -nocrl -certfile ca.pem -certfile leaf.pem -outform DER -out chain.der");
        bench.importer.importAnswerFile("mail", file("chain.der"));
        assertThat(bench.store.load("mail").chain()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-legacy",
                "-legacy -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-RC2-40 -macalg sha1",
                "-keypbe NONE -certpbe NONE",
                "-nomac"
            })
    void pfxShouldBeReadWhateverItsEncryption(String options) throws IOException {
        makeRsaLeaf();
        openssl("pkcs12 -export -inkey leaf.key -in leaf.pem -certfile ca.pem -out a.pfx -passout pass:geheim "
                + options);
        char[] password = "geheim".toCharArray();
        assertThat(bench.importer.importPfx("mail", file("a.pfx"), password))
                .startsWith("Imported the certificate mail");
        assertThat(bench.store.load("mail").chain()).hasSize(2);
        String base64 = Base64.getMimeEncoder()
                .encodeToString(Files.readAllBytes(data.resolve("a.pfx")))
                .replace("\r\n", " ");
        bench.importer.importPfxText("text", base64, password);
        assertThat(bench.store.load("text").key())
                .isEqualTo(bench.store.load("mail").key());
        if (!options.contains("NONE")) {
            assertThatThrownBy(() -> bench.importer.importPfx("other", file("a.pfx"), "falsch".toCharArray()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("password does not open")
                    .hasMessageNotContaining("falsch");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-legacy", "-keypbe NONE -certpbe NONE", "-nomac"})
    void pfxWithAnEmptyPasswordShouldBeReadWithNone(String options) {
        makeRsaLeaf();
        openssl("pkcs12 -export -inkey leaf.key -in leaf.pem -certfile ca.pem -out a.pfx -passout pass: " + options);
        assertThat(bench.importer.importPfx("mail", file("a.pfx"), StoreBench.none()))
                .startsWith("Imported the certificate mail");
        assertThat(bench.store.load("mail").chain()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkcs12 -export -inkey leaf.key -in leaf.pem -out a.pfx -macalg sha256 -iter 5000001",
                "pkcs12 -export -inkey leaf.key -in leaf.pem -out a.pfx -nomac -iter 5000001",
                "pkcs12 -export -inkey leaf.key -in leaf.pem -out a.pfx -nomac -legacy -iter 5000001"
            })
    void pfxThatAsksForTooMuchWorkShouldBeRefusedBeforeItIsDone(String command) {
        makeRsaLeaf();
        openssl(command + " -passout pass:geheim");
        assertThatThrownBy(() -> bench.importer.importPfx("mail", file("a.pfx"), "geheim".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5000001 rounds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-iter 5000001", "-scrypt -scrypt_N 16384 -scrypt_r 8 -scrypt_p 16"})
    void keyThatAsksForTooMuchWorkShouldBeRefusedBeforeItIsDone(String options) {
        makeRsaLeaf();
        openssl("pkcs8 -topk8 -in leaf.key -out other.key -passout pass:geheim " + options);
        assertThatThrownBy(() -> bench.importer.importPemFiles(
                        "mail", file("other.key"), file("leaf.pem"), "geheim".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rounds, which is more than");
    }

    @Test
    void pfxWithoutKeyAndPfxWithoutPasswordShouldBeRefused() {
        makeRsaLeaf();
        openssl("pkcs12 -export -inkey leaf.key -in leaf.pem -out a.pfx -passout pass:geheim");
        assertThatThrownBy(() -> bench.importer.importPfx("other", file("a.pfx"), StoreBench.none()))
                .hasMessageContaining("cannot be read without a password");
        openssl("pkcs12 -export -nokeys -in leaf.pem -out b.pfx -passout pass:geheim");
        assertThatThrownBy(() -> bench.importer.importPfx("other", file("b.pfx"), "geheim".toCharArray()))
                .hasMessageContaining("must have one private key, but has 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkcs8 -topk8 -nocrypt",
                "pkcs8 -topk8 -passout pass:geheim",
                "pkcs8 -topk8 -v1 PBE-SHA1-3DES -passout pass:geheim",
                "pkcs8 -topk8 -scrypt -passout pass:geheim",
                "rsa -traditional",
                "rsa -traditional -aes256 -passout pass:geheim",
                "rsa -traditional -des3 -passout pass:geheim"
            })
    void rsaKeyShouldBeReadInEveryForm(String command) throws IOException {
        makeRsaLeaf();
        openssl(command + " -in leaf.key -out other.key");
        importOnOneLineAndAsFiles("other.key", command.contains("geheim"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkey",
                "ec",
                "ec -aes128 -passout pass:geheim",
                "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -passout pass:geheim"
            })
    void ecKeyShouldBeReadInEveryForm(String command) throws IOException {
        openssl("ecparam -name prime256v1 -genkey -out leaf.key");
        makeLeaf();
        openssl(command + " -in leaf.key -out other.key");
        importOnOneLineAndAsFiles("other.key", command.contains("geheim"));
        importOnOneLineAndAsFiles("leaf.key", false);
    }

    @Test
    void fullchainOfAnAcmeClientShouldBeTakenWithItsKey() throws IOException {
        makeRsaLeaf();
        write("fullchain.pem", read("leaf.pem") + "\n" + read("ca.pem"));
        assertThat(bench.importer.importPemFiles("mail", file("leaf.key"), file("fullchain.pem"), StoreBench.none()))
                .startsWith("Imported the certificate mail");
        assertThat(bench.store.load("mail").chain()).hasSize(2);
        write("all.pem", openssl("x509 -in leaf.pem -text") + read("leaf.key") + read("ca.pem") + read("root.pem"));
        assertThat(bench.importer.importPemFiles("all", file("all.pem"), file("all.pem"), StoreBench.none()))
                .doesNotContain("Warning");
        assertThat(bench.store.load("all").chain()).hasSize(2);
    }

    @Test
    void keyOfAKindThatPeersCannotUseShouldBeRefused() {
        openssl("genpkey -algorithm ed25519 -out leaf.key");
        makeLeaf();
        assertThatThrownBy(() ->
                        bench.importer.importPemFiles("mail", file("leaf.key"), file("leaf.pem"), StoreBench.none()))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .endsWith(".");
        assertThat(bench.store.aliases()).isEmpty();
    }

    @Test
    void whatWeWriteShouldBeReadByOpenssl() {
        bench.selfSigned("mail");
        assertThat(openssl("x509 -noout -subject -ext subjectAltName,extendedKeyUsage -in "
                        + bench.folder.resolve("mail/chain.pem")))
                .contains("CN = mx.example.org", "DNS:mx.example.org", "TLS Web Client Authentication");
        assertThat(openssl("pkey -noout -check -in " + bench.folder.resolve("mail/key.pem")))
                .contains("Key is valid");
    }

    private void importOnOneLineAndAsFiles(String keyFile, boolean encrypted) throws IOException {
        char[] password = encrypted ? "geheim".toCharArray() : StoreBench.none();
        String alias = keyFile.replace(".key", "");
        bench.importer.importPemFiles(alias, file(keyFile), file("leaf.pem"), password);
        String key = read(keyFile).replace('\n', ' ');
        bench.importer.importPem(alias + "-text", key, read("leaf.pem").replace('\n', ' '), password);
        assertThat(bench.store.load(alias + "-text").key())
                .isEqualTo(bench.store.load(alias).key());
        if (encrypted) {
            assertThatThrownBy(() -> bench.importer.importPem("wrong", key, "", "falsch".toCharArray()))
                    .hasMessageContaining("cannot be decrypted with the password");
        }
    }

    private void makeRsaLeaf() {
        openssl("rsa -in rsa.key -out leaf.key");
        makeLeaf();
    }

    private void makeLeaf() {
        openssl("req -new -key leaf.key -out leaf.csr -subj /CN=mx.example.org");
        sign("leaf.csr");
    }

    private void sign(String request) {
        openssl("x509 -req -in " + request
                + " -CA ca.pem -CAkey ca.key -CAcreateserial -extfile leaf.ext -out leaf.pem -days 90");
    }

    private static String openssl(String arguments) {
        return new Tool(data).run(("openssl " + arguments.trim()).split(" +"));
    }

    private static String file(String name) {
        return data.resolve(name).toString();
    }

    private static String read(String name) throws IOException {
        return Files.readString(data.resolve(name));
    }

    private static void write(String name, String text) {
        try {
            Files.writeString(data.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
