package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.TlsSession.Verification;
import org.postern.certificate.Entry;
import org.postern.certificate.Fingerprints;
import org.postern.certificate.SelfSigned;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;

class ServerTlsTest {

    private static final Instant NOW = Instant.now();
    private static final TestAuthority AUTHORITY = new TestAuthority("Clients' CA", NOW);
    private static final Entry KNOWN = AUTHORITY.issue(Request.client(NOW, "client.example"));
    private static final Entry STRANGER =
            new TestAuthority("Strangers' CA", NOW).issue(Request.client(NOW, "stranger.example"));

    @RegisterExtension
    private final Benches benches = new Benches();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void handshakeShouldGiveTls13AndTheNameAskedFor(Engine engine) throws Exception {
        TlsSession session = connect(start(engine, ServerLevel.ATTEMPT, ClientCertificate.DO_NOT_REQUEST), KNOWN);
        assertThat(session.protocol()).isEqualTo("TLSv1.3");
        assertThat(session.cipherSuite()).startsWith("TLS_");
        assertThat(session.serverName()).contains("mx.example.org");
        assertThat(session.verification()).isEqualTo(Verification.NONE_SHOWN);
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void noCertificateShouldBeNoObstacleWhereItIsRequested(Engine engine) throws Exception {
        TlsSession session = connect(start(engine, ServerLevel.ATTEMPT, ClientCertificate.REQUEST), null);
        assertThat(session.verification()).isEqualTo(Verification.NONE_SHOWN);
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void strangersCertificateShouldBeNoObstacleWhereItIsRequested(Engine engine) throws Exception {
        TlsSession session = connect(start(engine, ServerLevel.ATTEMPT, ClientCertificate.REQUEST), STRANGER);
        assertThat(session.verification()).isEqualTo(Verification.FAILED);
        assertThat(session.failure()).contains(TlsFailure.UNTRUSTED);
        assertThat(session.peerChain()).isEqualTo(STRANGER.chain());
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void knownCertificateShouldVerify(Engine engine) throws Exception {
        assertThat(connect(start(engine, ServerLevel.REQUIRE, ClientCertificate.REQUIRE), KNOWN)
                        .isVerified())
                .isTrue();
        assertThat(connect(start(engine, ServerLevel.ATTEMPT, ClientCertificate.REQUEST), KNOWN)
                        .isVerified())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void handshakeWithoutCertificateShouldFailWhereItIsRequired(Engine engine) {
        Bench bench = start(engine, ServerLevel.REQUIRE, ClientCertificate.REQUIRE);
        assertThat(catchThrowable(() -> connect(bench, null))).isInstanceOf(javax.net.ssl.SSLException.class);
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void handshakeOfAStrangerShouldFailWhereACertificateIsRequired(Engine engine) {
        Bench bench = start(engine, ServerLevel.REQUIRE, ClientCertificate.REQUIRE);
        Throwable failure = catchThrowable(() -> connect(bench, STRANGER));
        assertThat(Failures.reasonOf(failure)).isEqualTo(TlsFailure.UNTRUSTED);
        assertThat(Failures.describe(failure)).contains("CN=subject.example", "CN=Strangers' CA");
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void allowedClientsShouldNarrowWhatVerifies(Engine engine) throws Exception {
        Bench bench = start(engine, ServerLevel.REQUIRE, ClientCertificate.REQUIRE);
        bench.settings.change(TlsSettings.ALLOWED_CLIENTS, "AB:" + "cd".repeat(31));
        assertThat(Failures.reasonOf(catchThrowable(() -> connect(bench, KNOWN))))
                .isEqualTo(TlsFailure.PIN_MISMATCH);
        bench.settings.change(
                TlsSettings.ALLOWED_CLIENTS, Fingerprints.of(KNOWN.certificate().getPublicKey()));
        assertThat(connect(bench, KNOWN).isVerified()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void requestForACertificateShouldNameNoAuthorities(Engine engine) throws Exception {
        Bench bench = start(engine, ServerLevel.ATTEMPT, ClientCertificate.REQUEST);
        assertThat(IssuersSeen.in(benches.engine(bench.roles.server()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void olderProtocolShouldBeRefusedWithItsReason(Engine engine) throws Exception {
        Bench bench = start(engine, ServerLevel.ATTEMPT, ClientCertificate.DO_NOT_REQUEST);
        bench.settings.change(TlsSettings.SERVER_PROTOCOLS, "TLSv1.3");
        SSLEngine client = benches.client(Optional.empty(), "mx.example.org");
        client.setEnabledProtocols(new String[] {"TLSv1.2"});
        Throwable failure = catchThrowable(() -> Bench.handshake(client, benches.engine(bench.roles.server())));
        assertThat(Failures.reasonOf(failure)).isEqualTo(TlsFailure.PROTOCOL);
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void handlerShouldHaveTheTimeoutThatWasSet(Engine engine) {
        Bench bench = start(engine, ServerLevel.ATTEMPT, ClientCertificate.DO_NOT_REQUEST);
        bench.settings.change(TlsSettings.HANDSHAKE_TIMEOUT, "7s");
        var handler = bench.roles.server().newHandler(UnpooledByteBufAllocator.DEFAULT);
        benches.keep(handler.engine());
        assertThat(handler.getHandshakeTimeoutMillis()).isEqualTo(7_000);
    }

    private Bench start(Engine engine, ServerLevel level, ClientCertificate certificate) {
        Path own = folder.resolve(level + "-" + certificate);
        Bench bench = benches.bench(own, engine)
                .trust(AUTHORITY.certificate())
                .serve(new SelfSigned(Clock.systemUTC()).make("default", List.of("mx.example.org")))
                .start();
        bench.settings.change(java.util.Map.of(
                TlsSettings.SERVER_LEVEL, level.name(), TlsSettings.CLIENT_CERTIFICATE, certificate.name()));
        return bench;
    }

    private TlsSession connect(Bench bench, Entry shown) throws Exception {
        SSLEngine server = benches.engine(bench.roles.server());
        Bench.handshake(benches.client(Optional.ofNullable(shown), "mx.example.org"), server);
        return bench.roles.server().describe(server);
    }
}
