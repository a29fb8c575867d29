package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.certificate.Entry;
import org.postern.certificate.SelfSigned;

/** What a hello brings along for a server that is known, seen by its length: a key of ML-KEM-768 alone has 1,184 octets. */
class KeySharesTest {

    private static final int ML_KEM_KEY = 1_184;
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Peer PEER = Peer.of("mx.example.org", 25);

    private final Entry entry = new SelfSigned(java.time.Clock.systemUTC()).make("server", List.of("mx.example.org"));
    private Instant now = NOW;
    private final KeyShares shares = new KeyShares(() -> now);
    private SslContext client;

    @BeforeEach
    void makeClient() throws Exception {
        assumeTrue(Engine.best().hasHybrid(), "skipped: the engine has no post-quantum key exchange");
        client = Engine.best()
                .configure(SslContextBuilder.forClient(), true)
                .trustManager(new PeerTrustManager(PeerTrustManager.Check.NONE))
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    @AfterEach
    void release() {
        ReferenceCountUtil.release(client);
    }

    private record Handshake(int hello, String group) {}

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "P-256", "P-384"})
    void serverThatTookAClassicGroupShouldBeSentAKeyForItOnly(String group) throws Exception {
        Handshake first = handshake(PEER, group);
        Handshake second = handshake(PEER, group);
        assertThat(first.group()).isEqualTo(group);
        assertThat(first.hello()).isGreaterThan(ML_KEM_KEY);
        assertThat(second.group()).isEqualTo(group);
        assertThat(second.hello()).isLessThan(ML_KEM_KEY);
    }

    @Test
    void serverThatTakesTheBetterGroupShouldGoOnGettingAKeyForIt() throws Exception {
        handshake(PEER, "X25519MLKEM768");
        assertThat(handshake(PEER, "X25519MLKEM768").hello()).isGreaterThan(ML_KEM_KEY);
    }

    @Test
    void firstHelloAfterAnHourShouldBeAsAtFirst() throws Exception {
        handshake(PEER, "X25519");
        now = NOW.plusSeconds(3_599);
        assertThat(handshake(PEER, "X25519").hello())
                .as("does not prolong the hour")
                .isLessThan(ML_KEM_KEY);
        now = NOW.plusSeconds(3_600);
        assertThat(handshake(PEER, "X25519MLKEM768"))
                .as("a server that has learnt meanwhile")
                .matches(whole -> whole.hello() > ML_KEM_KEY && whole.group().equals("X25519MLKEM768"));
    }

    @Test
    void anotherServerShouldNotBeJudgedByIt() throws Exception {
        handshake(PEER, "X25519");
        assertThat(handshake(Peer.of("mx.example.org", 2525), "X25519").hello()).isGreaterThan(ML_KEM_KEY);
        assertThat(handshake(Peer.of("other.example.org", 25), "X25519").hello())
                .isGreaterThan(ML_KEM_KEY);
    }

    private Handshake handshake(Peer peer, String serverGroup) throws Exception {
        SslContext server = SslContextBuilder.forServer(entry.key(), entry.chain())
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .option(OpenSslContextOption.GROUPS, new String[] {serverGroup})
                .build();
        SSLEngine near = client.newEngine(UnpooledByteBufAllocator.DEFAULT, peer.host(), peer.port());
        SSLEngine far = server.newEngine(UnpooledByteBufAllocator.DEFAULT);
        try {
            shares.foresee(near, peer);
            near.setUseClientMode(true);
            near.beginHandshake();
            ByteBuffer hello = ByteBuffer.allocate(1 << 14);
            near.wrap(ByteBuffer.allocate(0), hello);
            int length = hello.position();
            far.beginHandshake();
            far.unwrap(hello.flip(), ByteBuffer.allocate(1 << 14));
            new Rehearsal(near, far).run();
            shares.learn(near, peer);
            return new Handshake(length, SSL.getGroupName(((ReferenceCountedOpenSslEngine) near).sslPointer()));
        } finally {
            ReferenceCountUtil.release(near);
            ReferenceCountUtil.release(far);
            ReferenceCountUtil.release(server);
        }
    }
}
