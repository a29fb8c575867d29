package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.OpenSslTool;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.ChainPem;
import org.postern.certificate.Entry;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;
import org.postern.certificate.TestFiles;

/** Our own certificate towards servers that ask for one. */
class ClientCertificateTest {

    private static final Instant NOW = Instant.now();
    private static final TestAuthority AUTHORITY = new TestAuthority("Test CA", NOW);
    private static final Entry SERVER = AUTHORITY.issue(Request.server(NOW, "mx.example.org"));
    private static final Entry CLIENT = Bench.named("client", AUTHORITY.issue(Request.client(NOW, "client.example")));
    private static final Entry RSA_CLIENT = Bench.named(
            "client-rsa", AUTHORITY.issue(Request.client(NOW, "client.example").rsa(2048)));

    @RegisterExtension
    private final Benches benches = new Benches();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void certificateShouldBeShownToAServerThatAsksAndToNoOther(Engine engine) throws Exception {
        for (ClientLevel level : new ClientLevel[] {ClientLevel.ATTEMPT, ClientLevel.REQUIRE_AND_VERIFY}) {
            Bench bench = start(engine, level);
            for (Entry active : List.of(CLIENT, RSA_CLIENT)) {
                bench.settings.change(CertificateSettings.ACTIVE_CLIENT_CERTIFICATE, active.alias());
                assertThat(bench.roles.client().certificate()).contains(active.alias());
                SSLEngine asking = benches.server(SERVER);
                asking.setNeedClientAuth(true);
                Bench.handshake(benches.engine(bench.roles.client(), "mx.example.org"), asking);
                assertThat(asking.getSession().getPeerCertificates()).containsExactly(active.certificate());
                SSLEngine silent = benches.server(SERVER);
                Bench.handshake(benches.engine(bench.roles.client(), "mx.example.org"), silent);
                assertThatThrownBy(() -> silent.getSession().getPeerCertificates())
                        .isInstanceOf(SSLPeerUnverifiedException.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void noneShouldBeShownWhereNoneIsActive(Engine engine) throws Exception {
        Bench bench = start(engine, ClientLevel.ATTEMPT);
        SSLEngine asking = benches.server(SERVER);
        asking.setWantClientAuth(true);
        Bench.handshake(benches.engine(bench.roles.client(), "mx.example.org"), asking);
        assertThatThrownBy(() -> asking.getSession().getPeerCertificates())
                .isInstanceOf(SSLPeerUnverifiedException.class);
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void certificateThatIsNotThereShouldBeRefusedAsAChangeAndReportedAtAStart(Engine engine) {
        Bench bench = start(engine, ClientLevel.ATTEMPT);
        assertThatThrownBy(() -> bench.settings.change(CertificateSettings.ACTIVE_CLIENT_CERTIFICATE, "nowhere"))
                .hasMessageContaining("There is no certificate nowhere");
        Bench late = benches.bench(folder.resolve("late"), engine).serve(SERVER);
        late.settings.change(CertificateSettings.ACTIVE_CLIENT_CERTIFICATE, "nowhere");
        late.start();
        assertThat(late.roles.client().certificate()).isEmpty();
        assertThat(late.health.problems()).singleElement().asString().contains("client certificate is not shown");
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Bench#engines")
    void serverOfOpensslThatDemandsOneShouldVerifyIt(Engine engine) throws Exception {
        OpenSslTool.require();
        Path server = TestFiles.pem(SERVER, folder.resolve("server.pem"));
        Path authority = Files.writeString(folder.resolve("ca.pem"), ChainPem.write(List.of(AUTHORITY.certificate())));
        Process process = new ProcessBuilder(List.of(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:0",
                        "-cert",
                        server.toString(),
                        "-CAfile",
                        authority.toString(),
                        "-Verify",
                        "1",
                        "-verify_return_error",
                        "-naccept",
                        "1"))
                .redirectErrorStream(true)
                .start();
        try (var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = said.readLine();
            while (!line.startsWith("ACCEPT")) {
                line = said.readLine();
            }
            Bench bench = start(engine, ClientLevel.REQUIRE_AND_VERIFY);
            bench.settings.change(CertificateSettings.ACTIVE_CLIENT_CERTIFICATE, CLIENT.alias());
            handshake(bench.roles.client(), Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
            assertThat(said.lines()).anyMatch(told -> told.contains("subject=CN = subject.example"));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void handshake(ClientTls tls, int port) throws Exception {
        var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel channel = new Bootstrap()
                    .group(group)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel made) {
                            made.pipeline().addLast(tls.newHandler(made.alloc(), "mx.example.org", port));
                        }
                    })
                    .connect("127.0.0.1", port)
                    .sync()
                    .channel();
            channel.pipeline().get(SslHandler.class).handshakeFuture().sync();
            channel.close().sync();
        } finally {
            group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS)
                    .sync();
        }
    }

    private Bench start(Engine engine, ClientLevel level) {
        Bench bench = benches.bench(folder.resolve(engine + "-" + level), engine)
                .trust(AUTHORITY.certificate())
                .start();
        bench.store.add(CLIENT);
        bench.store.add(RSA_CLIENT);
        bench.settings.change(TlsSettings.CLIENT_LEVEL, level.name());
        return bench;
    }
}
