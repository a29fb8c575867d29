package org.postern.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.postern.certificate.Entry;

/**
 * A context towards those who send to us, with what it was made from. Whoever uses {@code ssl} keeps this object, as it is
 * released when this cannot be reached any more ({@link Contexts}).
 *
 * @param waiting runs what waits for authorities, where they are asked in handshakes; empty where nothing waits
 * @param ssl the engine's own; it holds the sessions that can be resumed
 * @param keys choose what it shows
 * @param entries what it shows, the default first
 * @param verifier verifies client certificates
 * @param live the same, to be told of
 * @param missing for each alias that could not be used, why
 */
record ServerContext(
        Optional<Executor> waiting,
        SslContext ssl,
        ServerKeys keys,
        List<Entry> entries,
        ClientVerifier verifier,
        List<LiveCertificate> live,
        Map<String, String> missing) {

    SslHandler newHandler(ByteBufAllocator allocator) {
        return waiting.map(executor -> ssl.newHandler(allocator, executor)).orElseGet(() -> ssl.newHandler(allocator));
    }

    boolean shows(String alias) {
        return live.stream().anyMatch(certificate -> certificate.alias().equals(alias));
    }
}
