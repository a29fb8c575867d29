package org.postern.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.postern.certificate.Entry;

/**
 * Contexts towards those we send to, with what they were made from. Whoever uses them keeps this object, as they are released
 * when this cannot be reached any more ({@link Contexts}).
 *
 * @param waiting runs what waits for authorities, where they are asked in handshakes; empty where nothing waits
 * @param check what servers must show
 * @param expected who is at the other end of the engines made by them
 * @param shares what hellos have keys for
 * @param ssl the engine's own; it holds the sessions that can be resumed
 * @param classic the same without post-quantum key exchange, if {@code ssl} has it
 * @param shown the certificate that is shown to servers that ask for one
 * @param missing why the active certificate is not shown; empty where it is, or none is active
 */
record ClientContext(
        Optional<Executor> waiting,
        ServerCheck check,
        Expected expected,
        KeyShares shares,
        SslContext ssl,
        Optional<SslContext> classic,
        Optional<Entry> shown,
        Optional<String> missing) {

    SslHandler newHandler(SslContext chosen, ByteBufAllocator allocator, String host, int port) {
        return waiting.map(executor -> chosen.newHandler(allocator, host, port, executor))
                .orElseGet(() -> chosen.newHandler(allocator, host, port));
    }
}
