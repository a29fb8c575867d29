package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.TlsFailure;
import org.postern.certificate.ChainPem;
import org.postern.certificate.Entry;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;

class TrustStoreTest {

    private static final Instant NOW = Instant.now();
    private static final TestAuthority FIRST = new TestAuthority("First CA", NOW);
    private static final TestAuthority SECOND = new TestAuthority("Second CA", NOW);
    private static final Entry CLIENT = FIRST.issue(Request.client(NOW, "client.example"));

    @RegisterExtension
    private final Benches benches = new Benches();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void anchorShouldHoldFromTheNextSessionOnAndBeKept(Engine engine) throws Exception {
        Bench bench = start(engine);
        assertThat(failure(bench)).isEqualTo(TlsFailure.UNTRUSTED);
        bench.trustStore.add("first", pem(FIRST));
        Bench.handshake(benches.client(Optional.of(CLIENT), "mx.example.org"), benches.engine(bench.roles.server()));
        assertThat(folder.resolve(engine.name() + "/trust/first.pem")).hasContent(pem(FIRST));
        bench.trustStore.remove("first");
        assertThat(failure(bench)).isEqualTo(TlsFailure.UNTRUSTED);
        assertThat(folder.resolve(engine.name() + "/trust")).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void replacingAnAnchorInUseShouldNotTouchOpenSessions(Engine engine) throws Exception {
        Bench bench = start(engine);
        bench.trustStore.add("ours", pem(FIRST));
        ServerTls began = bench.roles.server();
        SSLEngine client = benches.client(Optional.of(CLIENT), "mx.example.org");
        SSLEngine server = benches.engine(began);
        Bench.handshake(client, server);
        bench.trustStore.add("ours", pem(SECOND));
        assertThat(bench.trustStore.anchors()).containsEntry("ours", List.of(SECOND.certificate()));
        assertThat(failure(bench)).isEqualTo(TlsFailure.UNTRUSTED);
        assertThat(began.describe(server).isVerified()).isTrue();
        assertThat(said(client, server)).isEqualTo("still here");
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void anchorsOfTheJavaPlatformShouldHoldForServersOnlyAndOnlyWhereTheyAreUsed(Engine engine) throws Exception {
        String property = "javax.net.ssl.trustStore";
        String before = System.getProperty(property);
        System.setProperty(property, platformStore().toString());
        try {
            Bench bench = start(engine);
            bench.settings.change(TlsSettings.CLIENT_LEVEL, "REQUIRE_AND_VERIFY");
            Entry shown = FIRST.issue(Request.server(NOW, "mx.example.org"));
            Bench.handshake(benches.engine(bench.roles.client(), "mx.example.org"), benches.server(shown));
            assertThat(failure(bench)).as("client certificates").isEqualTo(TlsFailure.UNTRUSTED);
            bench.settings.change(TlsSettings.USE_SYSTEM_CERTIFICATES, "false");
            SSLEngine client = benches.engine(bench.roles.client(), "mx.example.org");
            assertThat(Failures.reasonOf(catchThrowable(() -> Bench.handshake(client, benches.server(shown)))))
                    .isEqualTo(TlsFailure.UNTRUSTED);
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }

    @Test
    void severalCertificatesShouldBeReadAlsoFromOneLine() {
        Bench bench = start(Engine.JDK);
        bench.trustStore.add("both", (pem(FIRST) + pem(SECOND)).replace('\n', ' '));
        assertThat(bench.trustStore.anchors())
                .isEqualTo(Map.of("both", List.of(FIRST.certificate(), SECOND.certificate())));
    }

    @Test
    void fileShouldBeReadAsPemAndAsDer() throws Exception {
        Bench bench = start(Engine.JDK);
        Path pem = Files.writeString(folder.resolve("bundle.crt"), "# comment\n" + pem(FIRST) + pem(SECOND));
        assertThat(bench.trustStore.addFile("bundle", pem)).hasSize(2);
        Path der = Files.write(folder.resolve("one.cer"), FIRST.certificate().getEncoded());
        assertThat(bench.trustStore.addFile("one", der)).containsExactly(FIRST.certificate());
    }

    @Test
    void whatIsNoAnchorShouldBeRefusedAndChangeNothing() throws IOException {
        Bench bench = start(Engine.JDK);
        ServerTls before = bench.roles.server();
        TrustStore store = bench.trustStore;
        Path large = Files.write(folder.resolve("large"), new byte[10 << 20]);
        assertThatThrownBy(() -> store.add("String", pem(FIRST))).hasMessageStartingWith("An alias must");
        assertThatThrownBy(() -> store.add("../first", pem(FIRST))).hasMessageStartingWith("An alias must");
        assertThatThrownBy(() -> store.add("first", "String")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.add("first", pem(FIRST).substring(0, 200)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.addFile("first", large)).hasMessageContaining("larger than 1 MiB");
        assertThatThrownBy(() -> store.addFile("first", folder.resolve("none"))).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> store.remove("first"))
                .hasMessage("There are no trust anchors first; there are: none.");
        assertThatThrownBy(() -> store.remove("../first")).hasMessageStartingWith("An alias must");
        Instant old = NOW.minusSeconds(3600L * 24 * 3650);
        assertThatThrownBy(() -> store.add("old", pem(new TestAuthority("Old CA", old))))
                .hasMessageContaining("has expired");
        assertThat(store.anchors()).isEmpty();
        assertThat(bench.roles.server()).isSameAs(before);
    }

    @Test
    void whatCannotBeKeptShouldNotBeInForce() throws IOException {
        Bench bench = start(Engine.JDK);
        ServerTls before = bench.roles.server();
        Files.delete(folder.resolve("JDK/trust"));
        assertThatThrownBy(() -> bench.trustStore.add("first", pem(FIRST)))
                .hasMessageContaining("could not be written");
        assertThat(bench.trustStore.anchors()).isEmpty();
        assertThat(bench.roles.server()).isSameAs(before);
    }

    @Test
    void anchorsShouldBeThereAfterARestart() {
        start(Engine.JDK).trustStore.add("first", pem(FIRST));
        Bench again = benches.bench(folder.resolve("JDK"), Engine.JDK).start();
        assertThat(again.trustStore.anchors()).containsOnlyKeys("first");
    }

    private Bench start(Engine engine) {
        Bench bench = benches.bench(folder.resolve(engine.name()), engine)
                .serve(FIRST.issue(Request.server(NOW, "mx.example.org")))
                .start();
        bench.settings.change(Map.of(TlsSettings.SERVER_LEVEL, "REQUIRE", TlsSettings.CLIENT_CERTIFICATE, "REQUIRE"));
        return bench;
    }

    private TlsFailure failure(Bench bench) throws Exception {
        SSLEngine client = benches.client(Optional.of(CLIENT), "mx.example.org");
        SSLEngine server = benches.engine(bench.roles.server());
        return Failures.reasonOf(catchThrowable(() -> Bench.handshake(client, server)));
    }

    private Path platformStore() throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setCertificateEntry("first", FIRST.certificate());
        Path file = folder.resolve("cacerts");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        return file;
    }

    private static String said(SSLEngine from, SSLEngine to) throws Exception {
        ByteBuffer wire = ByteBuffer.allocate(1 << 16);
        from.wrap(ByteBuffer.wrap("still here".getBytes(java.nio.charset.StandardCharsets.US_ASCII)), wire);
        ByteBuffer heard = ByteBuffer.allocate(1 << 16);
        to.unwrap(wire.flip(), heard);
        return java.nio.charset.StandardCharsets.US_ASCII.decode(heard.flip()).toString();
    }

    private static String pem(TestAuthority authority) {
        return ChainPem.write(List.of(authority.certificate()));
    }
}
