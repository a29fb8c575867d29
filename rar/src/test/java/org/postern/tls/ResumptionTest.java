package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.TlsSession;
import org.postern.administration.Setting;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.ChainPem;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;

class ResumptionTest {

    private static final Instant NOW = Instant.now();

    /** The least that a certificate takes on the wire. */
    private static final int CERTIFICATE = 300;

    private static final String FINGERPRINT = "abababababababababababababababababababababababababababababababab";

    private static final TestAuthority AUTHORITY = new TestAuthority("Test CA", NOW);

    @RegisterExtension
    private final Benches benches = new Benches();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void secondConnectionShouldResumeAndStillTellTheVerifiedPeer(Engine engine) {
        Bench bench = start(engine);
        Connection first = connect(bench);
        Connection second = connect(bench);
        assertThat(second.octets).as("no certificate on the wire").isLessThan(first.octets - CERTIFICATE);
        TlsSession session = bench.roles.client().describe(second.client.engine());
        assertThat(session.isVerified()).isTrue();
        assertThat(session.peerChain()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void resumedConnectionShouldBeGivenATicketToResumeAgain(Engine engine) {
        Bench bench = start(engine);
        Connection first = connect(bench);
        connect(bench);
        Connection third = connect(bench);
        assertThat(third.octets).isLessThan(first.octets - CERTIFICATE);
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void sessionsOfTls12ShouldResumeToo(Engine engine) {
        Bench bench = start(engine);
        bench.settings.change(TlsSettings.SERVER_PROTOCOLS, "TLSv1.2");
        assertThat(resumes(bench, () -> {})).isTrue();
    }

    /** Of a change towards clients, only the server's context is made anew: the client still offers what it was given. */
    @ParameterizedTest
    @CsvSource({
        "clientCertificate, REQUEST",
        "serverTlsProtocols, TLSv1.3",
        "allowedClients, " + FINGERPRINT,
        "activeServerCertificate, second",
        "serverCertificates, second",
        "clientTlsProtocols, TLSv1.3",
        "clientTlsLevel, REQUIRE",
        "activeClientCertificate, client",
        "useSystemCertificates, false"
    })
    void noSessionShouldSurviveAChangeOfWhatItWasMadeUnder(String setting, String text) {
        for (Engine engine : Bench.engines().toList()) {
            Bench bench = start(engine);
            assertThat(resumes(bench, () -> bench.settings.change(setting(setting), text)))
                    .as("%s, TLS 1.3", engine)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"clientCertificate, REQUEST", "allowedClients, " + FINGERPRINT, "activeClientCertificate, client"})
    void norInTls12(String setting, String text) {
        for (Engine engine : Bench.engines().toList()) {
            Bench bench = start(engine);
            bench.settings.change(TlsSettings.SERVER_PROTOCOLS, "TLSv1.2");
            assertThat(resumes(bench, () -> bench.settings.change(setting(setting), text)))
                    .as("%s", engine)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void noSessionShouldSurviveAChangeOfTrust(Engine engine) {
        Bench bench = start(engine);
        String other = ChainPem.write(List.of(new TestAuthority("Other CA", NOW).certificate()));
        assertThat(resumes(bench, () -> bench.trustStore.add("other", other))).isFalse();
        assertThat(resumes(bench, () -> bench.trustStore.remove("other"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"serverTlsLevel, REQUIRE", "handshakeTimeout, 10s", "clientHandshakeTimeout, 10s"})
    void changesThatDoNotConcernSessionsShouldLeaveThem(String setting, String text) {
        for (Engine engine : Bench.engines().toList()) {
            Bench bench = start(engine);
            assertThat(resumes(bench, () -> bench.settings.change(setting(setting), text)))
                    .as("%s", engine)
                    .isTrue();
        }
    }

    private static Setting<?> setting(String name) {
        return Stream.concat(TlsSettings.ALL.stream(), CertificateSettings.ALL.stream())
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** {@return whether a connection after a change resumes what one before it has made} */
    private boolean resumes(Bench bench, Runnable change) {
        Connection first = connect(bench);
        change.run();
        return connect(bench).octets < first.octets - CERTIFICATE;
    }

    private Bench start(Engine engine) {
        Bench bench = benches.bench(
                        folder.resolve(engine.name()),
                        engine,
                        Map.of("clientTlsLevel", "REQUIRE_AND_VERIFY", "hostName", "x"))
                .trust(AUTHORITY.certificate());
        if (bench.store.aliases().isEmpty()) {
            bench.serve(AUTHORITY.issue(Request.server(NOW, "mx.example.org")));
            bench.store.add(Bench.named("second", AUTHORITY.issue(Request.server(NOW, "mx.example.org"))));
            bench.store.add(Bench.named("client", AUTHORITY.issue(Request.client(NOW, "mx.example.org"))));
        }
        return bench.start();
    }

    private Connection connect(Bench bench) {
        Connection connection = new Connection(bench);
        benches.keep(connection.server.engine());
        benches.keep(connection.client.engine());
        return connection;
    }

    /** One connection over two pipelines in memory, with a line from the server after the handshake. */
    private static final class Connection {

        private final SslHandler client;
        private final SslHandler server;
        private final EmbeddedChannel clientChannel;
        private final EmbeddedChannel serverChannel;
        private int octets;

        Connection(Bench bench) {
            var allocator = io.netty.buffer.UnpooledByteBufAllocator.DEFAULT;
            client = bench.roles.client().newHandler(allocator, "mx.example.org", 25);
            server = bench.roles.server().newHandler(allocator);
            serverChannel = new EmbeddedChannel(server);
            clientChannel = new EmbeddedChannel(client);
            pump();
            serverChannel.writeOutbound(Unpooled.copiedBuffer(new byte[] {'2', '2', '0'}));
            pump();
            assertThat(client.handshakeFuture().isSuccess()).isTrue();
        }

        private void pump() {
            for (boolean more = true; more; ) {
                more = move(clientChannel, serverChannel, false) | move(serverChannel, clientChannel, true);
            }
        }

        private boolean move(EmbeddedChannel from, EmbeddedChannel to, boolean counted) {
            boolean moved = false;
            from.runPendingTasks();
            for (ByteBuf out = from.readOutbound(); out != null; out = from.readOutbound()) {
                octets += counted ? out.readableBytes() : 0;
                to.writeInbound(out);
                ReferenceCountUtil.release(to.readInbound());
                moved = true;
            }
            return moved;
        }
    }
}
