package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
import org.postern.administration.Setting;
import org.postern.administration.SettingTypes;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.Entry;
import org.postern.certificate.SelfSigned;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;

class RolesTest {

    @RegisterExtension
    private final Benches benches = new Benches();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void sessionUnderWayShouldKeepWhatWasInForceWhenItBegan(Engine engine) throws Exception {
        Bench bench = started(engine);
        ServerTls before = bench.roles.server();
        bench.settings.change(TlsSettings.SERVER_LEVEL, "require");
        bench.serve(make("second"));
        assertThat(before.level()).isEqualTo(ServerLevel.ATTEMPT);
        assertThat(bench.roles.server().level()).isEqualTo(ServerLevel.REQUIRE);
        assertThat(shown(before)).isEqualTo(bench.store.load("default").certificate());
        assertThat(shown(bench.roles.server()))
                .isEqualTo(bench.store.load("second").certificate());
    }

    @Test
    void changeShouldSurviveARestart() {
        started(Engine.JDK).settings.change(TlsSettings.SERVER_LEVEL, "REQUIRE");
        assertThat(benches.bench(folder, Engine.JDK).start().roles.server().level())
                .isEqualTo(ServerLevel.REQUIRE);
    }

    @Test
    void unrelatedChangeShouldLeaveTheContextsAndTheirTicketsInPlace() {
        Bench bench = started(Engine.JDK);
        ServerTls server = bench.roles.server();
        ClientTls client = bench.roles.client();
        bench.settings.change(TlsSettings.CLIENT_LEVEL, "REQUIRE");
        assertThat(bench.roles.server()).isSameAs(server);
        assertThat(bench.roles.client()).isNotSameAs(client);
    }

    @Test
    void ruleR1ShouldBeRefusedBothWays() {
        Bench bench = started(Engine.JDK);
        bench.settings.change(TlsSettings.CLIENT_CERTIFICATE, "REQUEST");
        assertThatThrownBy(() -> bench.settings.change(TlsSettings.SERVER_LEVEL, "NONE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Rule R1:");
        assertThat(bench.roles.server().level()).isEqualTo(ServerLevel.ATTEMPT);
        bench.settings.reset(List.of(TlsSettings.CLIENT_CERTIFICATE));
        bench.settings.change(TlsSettings.SERVER_LEVEL, "NONE");
        assertThatThrownBy(() -> bench.settings.change(TlsSettings.CLIENT_CERTIFICATE, "REQUEST"))
                .hasMessageStartingWith("Rule R1:");
    }

    @Test
    void ruleR2ShouldBeRefusedBothWays() {
        Bench bench = started(Engine.JDK);
        assertThatThrownBy(() -> bench.settings.change(TlsSettings.CLIENT_CERTIFICATE, "REQUIRE"))
                .hasMessageStartingWith("Rule R2:");
        bench.settings.change(Map.of(TlsSettings.SERVER_LEVEL, "REQUIRE", TlsSettings.CLIENT_CERTIFICATE, "REQUIRE"));
        assertThatThrownBy(() -> bench.settings.change(TlsSettings.SERVER_LEVEL, "ATTEMPT"))
                .hasMessageStartingWith("Rule R2:");
        assertThat(bench.roles.server().level()).isEqualTo(ServerLevel.REQUIRE);
    }

    @Test
    void configuredValuesThatBreakARuleShouldStopTheStartAndGiveNoTls() {
        Bench bench = benches.bench(folder, Engine.JDK, Map.of("clientCertificate", "REQUIRE"))
                .serve(make("default"));
        assertThatThrownBy(bench::start).hasMessageStartingWith("Rule R2:");
        assertThat(bench.roles.server().isUsable()).isFalse();
        assertThat(bench.roles.server().clientCertificate()).isEqualTo(ClientCertificate.REQUIRE);
    }

    @Test
    void implicitTlsPortShouldBeRefusedTogetherWithNone() {
        Setting<Optional<Integer>> port = new Setting<>(
                "implicitTlsPort", SettingTypes.optional(SettingTypes.PORT), "", "The port for implicit TLS.");
        Bench bench = started(Engine.JDK);
        bench.settings.declare(List.of(port));
        bench.settings.join(new ImplicitTlsRule(port));
        bench.settings.change(port, "465");
        assertThatThrownBy(() -> bench.settings.change(TlsSettings.SERVER_LEVEL, "NONE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("implicitTlsPort is 465");
        assertThat(bench.roles.server().level()).isEqualTo(ServerLevel.ATTEMPT);
    }

    @Test
    void lostCertificateShouldGiveNoTlsAndKeepTheLevel() {
        Bench bench = benches.bench(folder, Engine.JDK);
        bench.settings.change(CertificateSettings.ACTIVE_SERVER_CERTIFICATE, "lost");
        bench.start();
        assertThat(bench.roles.server().isUsable()).isFalse();
        assertThat(bench.roles.server().level()).isEqualTo(ServerLevel.ATTEMPT);
        assertThat(bench.health.problems()).singleElement().asString().startsWith("ERROR: There is no usable");
        bench.settings.change(TlsSettings.SERVER_LEVEL, "REQUIRE");
        assertThat(bench.roles.server().level()).isEqualTo(ServerLevel.REQUIRE);
        bench.serve(make("other"));
        assertThat(bench.roles.server().isUsable()).isTrue();
        assertThat(bench.health.problems()).isEmpty();
    }

    /** The certificate that is not the default would be shown to few: it is proven all the same. */
    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void changeThatCannotBeProvenShouldLeaveTheOldContextServing(Engine engine) {
        Bench bench = started(engine);
        ServerTls before = bench.roles.server();
        Request tooWeak = Request.server(Instant.now(), "other.example.org").rsa(512);
        bench.store.add(Bench.named("weak", new TestAuthority("Test CA", Instant.now()).issue(tooWeak)));
        for (Setting<?> setting :
                List.of(CertificateSettings.SERVER_CERTIFICATES, CertificateSettings.ACTIVE_SERVER_CERTIFICATE)) {
            assertThatThrownBy(() -> bench.settings.change(setting, "weak"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("TLS with the certificate weak does not work");
        }
        assertThat(bench.roles.server()).isSameAs(before);
        assertThat(bench.settings.get(CertificateSettings.ACTIVE_SERVER_CERTIFICATE))
                .contains("default");
    }

    @Test
    void activatingACertificateThatIsNotThereShouldBeRefused() {
        Bench bench = started(Engine.JDK);
        assertThatThrownBy(() -> bench.settings.change(CertificateSettings.ACTIVE_SERVER_CERTIFICATE, "nowhere"))
                .hasMessageContaining("There is no certificate nowhere");
        assertThat(bench.roles.server().isUsable()).isTrue();
    }

    @Test
    void liveCertificateShouldBeTheSameAfterAnotherChange() {
        Bench bench = started(Engine.JDK);
        LiveCertificate live = bench.roles.server().certificate().orElseThrow();
        bench.settings.change(TlsSettings.SERVER_LEVEL, "REQUIRE");
        assertThat(bench.roles.server().certificate()).contains(live);
        assertThat(live.fingerprint()).hasSize(64);
    }

    @Test
    void damagedTrustFileShouldBeLeftOutAndReported() throws IOException {
        Files.createDirectories(folder.resolve("trust"));
        Files.writeString(folder.resolve("trust/damaged.pem"), "rubbish");
        Bench bench = started(Engine.JDK);
        assertThat(bench.health.problems()).singleElement().asString().contains("damaged.pem", "left out");
    }

    @Test
    void olderProtocolsShouldBeRefused() {
        Bench bench = started(Engine.JDK);
        for (String protocols : new String[] {"TLSv1.1", "TLSv1.3,SSLv3", ""}) {
            assertThatThrownBy(() -> bench.settings.change(TlsSettings.SERVER_PROTOCOLS, protocols))
                    .hasMessageContaining("must be TLSv1.3, TLSv1.2 or both");
        }
    }

    private Bench started(Engine engine) {
        return benches.bench(folder, engine).serve(make("default")).start();
    }

    private static Entry make(String alias) {
        return new SelfSigned(Clock.systemUTC()).make(alias, List.of("mx.example.org"));
    }

    private java.security.cert.Certificate shown(ServerTls tls) throws Exception {
        SSLEngine client = benches.client(Optional.empty(), "mx.example.org");
        Bench.handshake(client, benches.engine(tls));
        return client.getSession().getPeerCertificates()[0];
    }
}
