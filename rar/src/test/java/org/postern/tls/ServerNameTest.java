package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.TlsFailure;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.Entry;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;

class ServerNameTest {

    private static final Instant NOW = Instant.now();
    private static final TestAuthority AUTHORITY = new TestAuthority("Test CA", NOW);
    private static final Entry DEFAULT = entry("default", Request.server(NOW, "mx.example.org"));
    private static final Entry COMPANION =
            entry("default-rsa", Request.server(NOW, "mx.example.org").rsa(2048));
    private static final Entry WILDCARD = entry("wildcard", Request.server(NOW, "*.example.net"));
    private static final Entry EXACT = entry("exact", Request.server(NOW, "mx.example.net"));
    private static final Entry OTHER_RSA =
            entry("other-rsa", Request.server(NOW, "mx.example.com").rsa(2048));

    @RegisterExtension
    private final Benches benches = new Benches();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void nameShouldDecideExactBeforeWildcard(Engine engine) throws Exception {
        Bench bench = start(engine, DEFAULT, WILDCARD, EXACT);
        assertThat(shown(bench, "mx.example.net")).isEqualTo("exact");
        assertThat(shown(bench, "MX.Example.Net")).isEqualTo("exact");
        assertThat(shown(bench, "other.example.net")).isEqualTo("wildcard");
        assertThat(shown(bench, "mx.example.org")).isEqualTo("default");
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void noNameAndUnknownNamesShouldBeNoObstacle(Engine engine) throws Exception {
        Bench bench = start(engine, DEFAULT, WILDCARD, OTHER_RSA);
        assertThat(shown(bench, "")).isEqualTo("default");
        assertThat(shown(bench, "example.net")).isEqualTo("default");
        assertThat(shown(bench, "a.b.example.net")).isEqualTo("default");
        assertThat(shown(bench, "unknown.example")).isEqualTo("default");
        assertThat(shown(bench, "unknown")).isEqualTo("default");
    }

    /** The Java platform's engine refuses it by itself, before anybody is asked. */
    @Test
    void nameThatIsNoneShouldBeNoObstacle() throws Exception {
        Assumptions.assumeTrue(Engine.best() == Engine.BORINGSSL);
        Bench bench = start(Engine.BORINGSSL, DEFAULT, OTHER_RSA);
        SSLEngine client = client(List.of("TLSv1.3"), new RawName("mx.example.com."));
        assertThat(shown(bench, client)).isEqualTo("default");
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void algorithmsOfTheClientShouldDecideBetweenCertificatesOfOneName(Engine engine) throws Exception {
        Bench bench = start(engine, DEFAULT, OTHER_RSA, COMPANION);
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            assertThat(shown(bench, client(protocol, "mx.example.org"))).isEqualTo("default");
            assertThat(shown(bench, without("EC", client(protocol, "mx.example.org"))))
                    .isEqualTo("default-rsa");
            assertThat(shown(bench, without("EC", client(protocol, "")))).isEqualTo("default-rsa");
            assertThat(shown(bench, without("EC", client(protocol, "unknown.example"))))
                    .isEqualTo("default-rsa");
            assertThat(shown(bench, without("RSA", client(protocol, "mx.example.com"))))
                    .isEqualTo("default");
        }
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void cipherSuitesOfTheClientShouldDecideToo(Engine engine) throws Exception {
        Bench bench = start(engine, DEFAULT, COMPANION);
        SSLEngine client = client("TLSv1.2", "mx.example.org");
        client.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
        assertThat(shown(bench, client)).isEqualTo("default-rsa");
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void expiredOneShouldNotBeShownWhereAValidOneMatches(Engine engine) throws Exception {
        Entry expired = entry(
                "expired", Request.server(NOW, "mx.example.net").valid(NOW.minusSeconds(90), NOW.minusSeconds(60)));
        Entry valid = entry("valid", Request.server(NOW, "mx.example.net").rsa(2048));
        Bench bench = start(engine, expired, DEFAULT, valid);
        assertThat(shown(bench, "mx.example.net")).isEqualTo("valid");
        assertThat(shown(bench, "")).isEqualTo("valid");
        assertThat(shown(bench, "mx.example.org")).isEqualTo("default");
        bench.settings.change(CertificateSettings.SERVER_CERTIFICATES, "");
        assertThat(shown(bench, "mx.example.net")).isEqualTo("expired");
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void newDefaultShouldComeBeforeTheFormerOneOfTheSameName(Engine engine) throws Exception {
        Bench bench = start(engine, entry("former", Request.server(NOW, "mx.example.org")));
        bench.store.add(OTHER_RSA);
        bench.store.add(COMPANION);
        bench.settings.change(java.util.Map.of(
                CertificateSettings.ACTIVE_SERVER_CERTIFICATE,
                COMPANION.alias(),
                CertificateSettings.SERVER_CERTIFICATES,
                "former"));
        assertThat(shown(bench, "mx.example.org")).isEqualTo(COMPANION.alias());
        assertThat(shown(bench, without("RSA", client("TLSv1.3", "mx.example.org"))))
                .isEqualTo("former");
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void clientsThatAcceptRsaOnlyShouldBeToldOfUntilThereIsACertificateForThem(Engine engine) {
        Bench bench = start(engine, DEFAULT);
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            SSLEngine client = without("EC", client(protocol, "mx.example.org"));
            ServerTls tls = bench.roles.server();
            Throwable failure = catchThrowable(() -> Bench.handshake(client, benches.engine(tls)));
            assertThat(Failures.reasonOf(failure)).as(protocol).isEqualTo(TlsFailure.PROTOCOL);
            tls.handshakeFailed(failure);
        }
        assertThat(bench.health.problems())
                .singleElement()
                .asString()
                .contains("1 TLS handshake has failed", "createCompanion(default, RSA-2048)");
        bench.serveToo(COMPANION);
        assertThat(bench.health.problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void damagedOneShouldBeLeftOutAtTheStartAndComeBackWhenItIsPutRight(Engine engine) throws Exception {
        Bench bench = benches.bench(folder.resolve("damaged"), engine);
        bench.store.add(DEFAULT);
        bench.settings.change(CertificateSettings.ACTIVE_SERVER_CERTIFICATE, "default");
        bench.settings.change(CertificateSettings.SERVER_CERTIFICATES, "exact");
        bench.start();
        assertThat(shown(bench, "mx.example.net")).isEqualTo("default");
        assertThat(bench.health.problems()).singleElement().asString().contains("certificate exact is not shown");
        bench.store.add(EXACT);
        bench.settings.change(java.util.Map.of());
        assertThat(shown(bench, "mx.example.net")).isEqualTo("exact");
        assertThat(bench.health.problems()).isEmpty();
    }

    private Bench start(Engine engine, Entry first, Entry... others) {
        Bench bench =
                benches.bench(folder.resolve(engine + first.alias()), engine).serve(first);
        Stream.of(others).forEach(bench::serveToo);
        return bench.start();
    }

    private static Entry entry(String alias, Request request) {
        return Bench.named(alias, AUTHORITY.issue(request));
    }

    private String shown(Bench bench, String name) throws Exception {
        return shown(bench, client("TLSv1.3", name));
    }

    private String shown(Bench bench, SSLEngine client) throws Exception {
        Bench.handshake(client, benches.engine(bench.roles.server()));
        var shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
        return bench.roles.server().certificates().stream()
                .filter(live -> live.certificate().equals(shown))
                .findFirst()
                .orElseThrow()
                .alias();
    }

    private static SSLEngine client(String protocol, String name) {
        return client(List.of(protocol), name.isEmpty() ? null : new SNIHostName(name));
    }

    private static SSLEngine client(List<String> protocols, SNIServerName name) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null, new TrustManager[] {new PeerTrustManager(PeerTrustManager.Check.NONE)}, new SecureRandom());
            SSLEngine client = context.createSSLEngine();
            SSLParameters parameters = client.getSSLParameters();
            parameters.setServerNames(name == null ? List.of() : List.of(name));
            parameters.setProtocols(protocols.toArray(String[]::new));
            client.setSSLParameters(parameters);
            return client;
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same client, which does not know an algorithm. */
    private static SSLEngine without(String algorithm, SSLEngine client) {
        SSLParameters parameters = client.getSSLParameters();
        parameters.setAlgorithmConstraints(new Without(algorithm.equals("EC") ? "ECDSA" : algorithm));
        client.setSSLParameters(parameters);
        return client;
    }

    /** A name that is not one, as it stands. */
    private static final class RawName extends SNIServerName {
        RawName(String name) {
            super(0, name.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }

    private record Without(String algorithm) implements AlgorithmConstraints {

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, String used, AlgorithmParameters parameters) {
            return !used.contains(algorithm);
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
            return true;
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, String used, Key key, AlgorithmParameters parameters) {
            return !used.contains(algorithm);
        }
    }
}
