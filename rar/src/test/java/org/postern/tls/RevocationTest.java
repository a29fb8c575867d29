package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.TlsSession.Verification;
import org.postern.certificate.Entry;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;
import org.postern.certificate.TestResponder;

/** What has been revoked does not verify, where that is asked for. */
class RevocationTest {

    private static final Instant NOW = Instant.now();
    private static final String HOST = "mx.example.org";

    @RegisterExtension
    private final Benches benches = new Benches();

    @TempDir
    private Path folder;

    private final TestAuthority authority = new TestAuthority("Test CA", NOW);
    private TestResponder responder;

    static Stream<Arguments> enginesAndChecks() {
        return Engines.available()
                .flatMap(engine -> Stream.of("SOFT", "HARD").map(check -> Arguments.of(engine, check)));
    }

    @BeforeEach
    void start() throws IOException {
        responder = new TestResponder(authority);
    }

    @AfterEach
    void stop() {
        responder.close();
    }

    @ParameterizedTest
    @MethodSource("enginesAndChecks")
    void revokedServerShouldFailTheHandshakeAndAGoodOneVerify(Engine engine, String check) throws Exception {
        Entry entry = authority.issue(Request.server(NOW, HOST));
        Bench bench = client(engine, check);
        assertThat(connect(bench, entry).isVerified()).isTrue();
        assertThat(responder.asked()).isPositive();
        responder.revoke(entry);
        assertFails(bench, entry, TlsFailure.REVOKED);
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void silenceOfTheAuthorityShouldBeAnObstacleOnlyWhereThatIsAskedFor(Engine engine) throws Exception {
        Entry entry = authority.issue(Request.server(NOW, HOST));
        responder.close();
        assertThat(connect(client(engine, "SOFT"), entry).isVerified()).isTrue();
        assertFails(client(engine, "HARD"), entry, TlsFailure.REVOCATION_UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void nobodyShouldBeAskedByDefault(Engine engine) throws Exception {
        Entry entry = authority.issue(Request.server(NOW, HOST));
        responder.revoke(entry);
        Bench bench = benches.bench(
                        folder.resolve("default" + engine.name()),
                        engine,
                        Map.of("clientTlsLevel", "REQUIRE_AND_VERIFY"))
                .trust(authority.certificate())
                .start();
        assertThat(connect(bench, entry).isVerified()).isTrue();
        assertThat(responder.asked()).isZero();
    }

    @ParameterizedTest
    @MethodSource("enginesAndChecks")
    void revokedClientShouldBeToldOfWhereACertificateIsRequested(Engine engine, String check) throws Exception {
        Entry entry = authority.issue(Request.client(NOW, "client.example"));
        Bench bench = server(engine, check, "ATTEMPT", "REQUEST");
        assertThat(accept(bench, entry).isVerified()).isTrue();
        responder.revoke(entry);
        TlsSession session = accept(bench, entry);
        assertThat(session.verification()).isEqualTo(Verification.FAILED);
        assertThat(session.failure()).contains(TlsFailure.REVOKED);
    }

    @ParameterizedTest
    @MethodSource("enginesAndChecks")
    void revokedClientShouldFailTheHandshakeWhereACertificateIsRequired(Engine engine, String check) throws Exception {
        Entry entry = authority.issue(Request.client(NOW, "client.example"));
        Bench bench = server(engine, check, "REQUIRE", "REQUIRE");
        assertThat(accept(bench, entry).isVerified()).isTrue();
        responder.revoke(entry);
        assertRefuses(bench, entry);
    }

    /** What says that it is revoked says so in whole seconds, and by another clock. */
    @ParameterizedTest
    @MethodSource("enginesAndChecks")
    void clockOfTheAuthorityMayBeAhead(Engine engine, String check) throws Exception {
        Entry entry = authority.issue(Request.client(NOW, "client.example"));
        Bench bench = server(engine, check, "REQUIRE", "REQUIRE");
        responder.revoke(entry, Instant.now().plusSeconds(60));
        assertRefuses(bench, entry);
    }

    @ParameterizedTest
    @MethodSource("enginesAndChecks")
    void certificateThatIsAboutToExpireShouldVerifyToItsEnd(Engine engine, String check) throws Exception {
        Entry entry = authority.issue(
                Request.client(NOW, "client.example").valid(NOW.minusSeconds(60), NOW.plusSeconds(100)));
        assertThat(accept(server(engine, check, "REQUIRE", "REQUIRE"), entry).isVerified())
                .isTrue();
    }

    /** With its context goes all that could be resumed. */
    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void noContextShouldSurviveAChangeOfTheCheck(Engine engine) {
        Bench bench = server(engine, "SOFT", "ATTEMPT", "REQUEST");
        var server = bench.roles.server().context().orElseThrow().ssl();
        var client = bench.roles.client().context().ssl();
        bench.settings.change(TlsSettings.REVOCATION_CHECK, "HARD");
        assertThat(bench.roles.server().context().orElseThrow().ssl()).isNotSameAs(server);
        assertThat(bench.roles.client().context().ssl()).isNotSameAs(client);
    }

    @Test
    void whatWasForgottenShouldNotBeTakenForGranted() {
        var revocation = new Revocation(RevocationCheck.SOFT, java.time.Clock.systemUTC());
        assertThat(revocation.recall(authority.certificate())).contains(TlsFailure.REVOCATION_UNKNOWN);
    }

    private Bench client(Engine engine, String check) {
        return benches.bench(
                        folder.resolve("client" + engine.name() + check),
                        engine,
                        Map.of("clientTlsLevel", "REQUIRE_AND_VERIFY", "revocationCheck", check))
                .trust(authority.certificate())
                .start();
    }

    private Bench server(Engine engine, String check, String level, String mode) {
        return benches.bench(
                        folder.resolve("server" + engine.name() + check + mode),
                        engine,
                        Map.of("serverTlsLevel", level, "clientCertificate", mode, "revocationCheck", check))
                .trust(authority.certificate())
                .serve(new TestAuthority("Server CA", NOW).issue(Request.server(NOW, HOST)))
                .start();
    }

    private TlsSession connect(Bench bench, Entry shown) throws SSLException {
        SSLEngine client = benches.engine(bench.roles.client(), HOST);
        Bench.handshake(client, benches.server(shown));
        return bench.roles.client().describe(client);
    }

    private TlsSession accept(Bench bench, Entry shown) throws SSLException {
        SSLEngine server = benches.engine(bench.roles.server());
        Bench.handshake(benches.client(Optional.of(shown), HOST), server);
        return bench.roles.server().describe(server);
    }

    private void assertRefuses(Bench bench, Entry shown) {
        assertThatThrownBy(() -> accept(bench, shown))
                .isInstanceOf(SSLException.class)
                .satisfies(e -> assertThat(Failures.reasonOf(e)).isEqualTo(TlsFailure.REVOKED));
    }

    private void assertFails(Bench bench, Entry shown, TlsFailure reason) {
        assertThatThrownBy(() -> connect(bench, shown))
                .isInstanceOf(SSLException.class)
                .satisfies(e -> assertThat(Failures.reasonOf(e)).isEqualTo(reason));
    }
}
