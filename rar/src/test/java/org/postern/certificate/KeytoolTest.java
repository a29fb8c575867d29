package org.postern.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the real keytool has made. */
class KeytoolTest {

    private static final String STORE = " -keystore a.p12 -storetype PKCS12 -storepass geheim";

    @TempDir
    private Path data;

    private StoreBench bench;

    @BeforeEach
    void open() {
        bench = new StoreBench(data, Instant.now().plusSeconds(60));
    }

    @Test
    void pfxOfKeytoolShouldBeRead() {
        generate("one", "");
        bench.importer.importPfx("mail", data.resolve("a.p12").toString(), "geheim".toCharArray());
        assertThat(HostNames.of(bench.store.load("mail").certificate())).containsExactly("mx.example.org");
    }

    @Test
    void pfxWithOldEncryptionShouldBeRead() {
        generate("one", "-J-Dkeystore.pkcs12.legacy ");
        bench.importer.importPfx("mail", data.resolve("a.p12").toString(), "geheim".toCharArray());
        assertThat(bench.store.aliases()).containsExactly("mail");
    }

    @Test
    void pfxWithSeveralKeysShouldBeRefused() {
        generate("one", "");
        generate("two", "");
        assertThatThrownBy(() ->
                        bench.importer.importPfx("mail", data.resolve("a.p12").toString(), "geheim".toCharArray()))
                .hasMessageContaining("must have one private key, but has 2");
        assertThat(bench.store.aliases()).isEmpty();
    }

    @Test
    void ourRequestShouldBeReadByKeytool() throws Exception {
        bench.maker.createRequest(bench.plan("mail"));
        java.nio.file.Files.writeString(
                data.resolve("mail.csr"), bench.store.requestOf("mail").pem());
        assertThat(keytool("-printcertreq -file mail.csr")).contains("mx.example.org", "mail.example.org");
    }

    private void generate(String alias, String options) {
        keytool(options + "-genkeypair -alias " + alias
                + " -keyalg RSA -keysize 2048 -validity 90 -dname CN=mx.example.org -ext san=dns:mx.example.org"
                + STORE);
    }

    private String keytool(String arguments) {
        return new Tool(data).run(("keytool " + arguments).split(" +"));
    }
}
