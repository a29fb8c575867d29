package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.TlsSession.Verification;
import org.postern.certificate.Entry;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;

class ClientTlsTest {

    private static final Instant NOW = Instant.now();
    private static final TestAuthority AUTHORITY = new TestAuthority("Test CA", NOW);
    private static final Request REQUEST = Request.server(NOW, "mx.example.org", "192.0.2.1");

    @RegisterExtension
    private final Benches benches = new Benches();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void goodCertificateShouldVerify(Engine engine) throws Exception {
        Bench bench = start(engine, ClientLevel.REQUIRE_AND_VERIFY);
        TlsSession session = connect(bench, AUTHORITY.issue(REQUEST), "mx.example.org");
        assertThat(session.isVerified()).isTrue();
        assertThat(session.serverName()).contains("mx.example.org");
        assertThat(connect(bench, AUTHORITY.issue(REQUEST), "192.0.2.1").isVerified())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void eachFaultShouldFailTheHandshakeWithItsReason(Engine engine) {
        Bench bench = start(engine, ClientLevel.REQUIRE_AND_VERIFY);
        Entry expired = AUTHORITY.issue(REQUEST.valid(NOW.minusSeconds(20), NOW.minusSeconds(10)));
        assertThat(failure(bench, expired, "mx.example.org")).isEqualTo(TlsFailure.EXPIRED);
        Entry early = AUTHORITY.issue(REQUEST.valid(NOW.plusSeconds(1000), NOW.plusSeconds(2000)));
        assertThat(failure(bench, early, "mx.example.org")).isEqualTo(TlsFailure.NOT_YET_VALID);
        Entry stranger = new TestAuthority("Other CA", NOW).issue(REQUEST);
        assertThat(failure(bench, stranger, "mx.example.org")).isEqualTo(TlsFailure.UNTRUSTED);
        Entry good = AUTHORITY.issue(REQUEST);
        assertThat(failure(bench, good, "mx.example.net")).isEqualTo(TlsFailure.NAME_MISMATCH);
        assertThat(failure(bench, good, "192.0.2.2")).isEqualTo(TlsFailure.NAME_MISMATCH);
        Entry client = AUTHORITY.issue(Request.client(NOW, "mx.example.org"));
        assertThat(failure(bench, client, "mx.example.org")).isEqualTo(TlsFailure.PURPOSE);
        Entry weak = AUTHORITY.issue(REQUEST.rsa(1024));
        assertThat(failure(bench, weak, "mx.example.org")).isEqualTo(TlsFailure.WEAK_KEY);
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void certificateShouldNotBeLookedAtBelowVerification(Engine engine) throws Exception {
        Entry expired =
                new TestAuthority("Other CA", NOW).issue(REQUEST.valid(NOW.minusSeconds(20), NOW.minusSeconds(10)));
        for (ClientLevel level : new ClientLevel[] {ClientLevel.ATTEMPT, ClientLevel.REQUIRE}) {
            TlsSession session = connect(start(engine, level), expired, "mx.example.net");
            assertThat(session.verification()).isEqualTo(Verification.NOT_CHECKED);
            assertThat(session.peerChain()).isEqualTo(expired.chain());
        }
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void hybridKeyExchangeShouldBeOfferedWhereTheEngineHasIt(Engine engine) throws Exception {
        ClientTls client = start(engine, ClientLevel.ATTEMPT).roles.client();
        assertThat(client.offersHybrid()).isEqualTo(engine.hasHybrid());
        assertThat(hello(benches.engine(client, "mx.example.org")))
                .matches(hex -> hex.contains("11ec") == engine.hasHybrid());
        SSLEngine classic =
                benches.keep(client.newHandlerWithoutHybrid(UnpooledByteBufAllocator.DEFAULT, "mx.example.org", 25)
                        .engine());
        assertThat(hello(classic)).hasSizeLessThan(1_400);
    }

    @Test
    void hybridKeyExchangeShouldBeAgreedOnBetweenTwoThatHaveIt() throws Exception {
        Assumptions.assumeTrue(Engine.best() == Engine.BORINGSSL);
        Bench bench = start(Engine.BORINGSSL, ClientLevel.ATTEMPT).serve(AUTHORITY.issue(REQUEST));
        SSLEngine client = benches.engine(bench.roles.client(), "mx.example.org");
        SSLEngine server = benches.engine(bench.roles.server());
        Bench.handshake(client, server);
        assertThat(SSL.getGroupName(((ReferenceCountedOpenSslEngine) server).sslPointer()))
                .isEqualTo("X25519MLKEM768");
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void nameShouldBeToldAndAddressShouldNot(Engine engine) throws Exception {
        ClientTls client = start(engine, ClientLevel.ATTEMPT).roles.client();
        assertThat(hello(benches.engine(client, "mx.example.org"))).contains(hex("mx.example.org"));
        assertThat(hello(benches.engine(client, "192.0.2.1"))).doesNotContain(hex("192.0.2.1"));
    }

    private Bench start(Engine engine, ClientLevel level) {
        Bench bench = benches.bench(folder.resolve(level.name()), engine)
                .trust(AUTHORITY.certificate())
                .start();
        bench.settings.change(TlsSettings.CLIENT_LEVEL, level.name());
        return bench;
    }

    private TlsFailure failure(Bench bench, Entry shown, String host) {
        Throwable failure = catchThrowable(() -> connect(bench, shown, host));
        assertThat(failure).isInstanceOf(SSLException.class);
        return Failures.reasonOf(failure);
    }

    private TlsSession connect(Bench bench, Entry shown, String host) throws SSLException {
        SSLEngine server = benches.server(shown);
        SSLEngine client = benches.engine(bench.roles.client(), host);
        Bench.handshake(client, server);
        return bench.roles.client().describe(client);
    }

    private static String hello(SSLEngine client) throws SSLException {
        client.setUseClientMode(true);
        client.beginHandshake();
        ByteBuffer out = ByteBuffer.allocate(1 << 16);
        client.wrap(ByteBuffer.allocate(0), out);
        return HexFormat.of().formatHex(out.array(), 0, out.position());
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
