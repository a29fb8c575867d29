package org.postern.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postern.certificate.Entry;

/** Makes what a test needs around TLS, and releases it afterwards: BoringSSL's things live outside the heap. */
final class Benches implements AfterEachCallback {

    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private final Deque<Runnable> releases = new ArrayDeque<>();

    Bench bench(Path folder, Engine engine) {
        return bench(folder, engine, Map.of());
    }

    Bench bench(Path folder, Engine engine, Map<String, String> configured) {
        Bench bench = new Bench(folder, engine, configured);
        releases.push(bench.roles::close);
        return bench;
    }

    /** A client that trusts everybody and may show a certificate. */
    SSLEngine client(Optional<Entry> shown, String host) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .trustManager(new PeerTrustManager(PeerTrustManager.Check.NONE))
                .endpointIdentificationAlgorithm(null);
        shown.ifPresent(entry -> builder.keyManager(entry.key(), entry.chain()));
        return keep(keepContext(builder.build()).newEngine(ALLOCATOR, host, 25));
    }

    /** A server that shows a certificate. */
    SSLEngine server(Entry shown) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(shown.key(), shown.chain())
                .trustManager(new PeerTrustManager(PeerTrustManager.Check.NONE));
        return keep(keepContext(builder.build()).newEngine(ALLOCATOR));
    }

    SSLEngine engine(ServerTls tls) {
        return keep(tls.newHandler(ALLOCATOR).engine());
    }

    SSLEngine engine(ClientTls tls, String host) {
        return keep(tls.newHandler(ALLOCATOR, host, 25).engine());
    }

    SSLEngine keep(SSLEngine engine) {
        releases.push(() -> ReferenceCountUtil.release(engine));
        return engine;
    }

    @Override
    public void afterEach(ExtensionContext test) {
        releases.forEach(Runnable::run);
    }

    private SslContext keepContext(SslContext context) {
        releases.push(() -> ReferenceCountUtil.release(context));
        return context;
    }
}
