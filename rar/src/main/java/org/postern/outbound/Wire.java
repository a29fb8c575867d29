package org.postern.outbound;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.postern.Reply;
import org.postern.TlsSession;
import org.postern.smtp.client.Commands;
import org.postern.smtp.client.Features;
import org.postern.tls.ClientTls;

/** A channel to a server, and what is known of the server. Used on the channel's event loop where nothing else is said. */
final class Wire {

    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Channel channel;
    private final ReplyDecoder decoder = new ReplyDecoder();
    private final FlightHandler flights = new FlightHandler();
    private final ClientTls settings;
    private volatile Features features = Features.NONE;
    private volatile TlsSession tls;
    private volatile long usedAt = System.nanoTime();
    private volatile boolean tidy = true;

    /**
     * Takes a channel.
     *
     * @param channel a channel, not yet connected
     * @param settings the TLS settings that it is used under
     */
    Wire(Channel channel, ClientTls settings) {
        this.channel = channel;
        this.settings = settings;
        channel.pipeline().addLast(decoder, flights);
    }

    /** Writes a flight with one flush. */
    CompletableFuture<List<Reply>> fly(Flight flight) {
        byte[] commands = Commands.octets(flight.commands());
        CompletableFuture<List<Reply>> replies = flights.await(flight.replies(), flight.timeout());
        write(commands);
        flight.content().forEach(this::write);
        channel.flush();
        return replies;
    }

    /** Writes a piece of content, and tells when it has left; if it cannot leave, the dialogue ends. */
    void send(byte[] piece, Runnable left) {
        flights.touch();
        channel.writeAndFlush(Unpooled.wrappedBuffer(piece)).addListener(written -> {
            if (written.isSuccess()) {
                left.run();
            } else {
                flights.failed(written.cause());
            }
        });
    }

    /** Ends the dialogue; replies still awaited are this one. */
    void lose(Reply standIn) {
        flights.lose(standIn);
    }

    /** {@return whether there is clear text behind the last reply} */
    boolean hasMore() {
        return decoder.hasMore();
    }

    /** Puts TLS on top; done when the handshake has ended. All that was learned in clear is forgotten. */
    CompletableFuture<Void> startTls(SslHandler handler) {
        var ended = new CompletableFuture<Void>();
        features = Features.NONE;
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(done.cause());
            }
        });
        channel.pipeline().addFirst(handler);
        return ended;
    }

    void secured(TlsSession session) {
        tls = session;
    }

    void learned(Features announced) {
        features = announced;
    }

    /** Remembers a message: only after the good end of one is the server known to have forgotten its envelope. */
    void used(boolean tidily) {
        usedAt = System.nanoTime();
        tidy = tidily;
    }

    /** {@return whether it should be tried out before the next message} On any thread. */
    boolean needsCheck(Duration trusted) {
        return !tidy || System.nanoTime() - usedAt > trusted.toNanos();
    }

    /** {@return whether the server is still there and has forgotten all envelopes} On any thread. */
    CompletableFuture<Boolean> check(Duration timeout) {
        return onLoop(() -> fly(Flight.of(timeout, Commands.RSET)))
                .thenApply(replies -> replies.get(0).isPositive());
    }

    /** Runs a part of the dialogue on the event loop. On any thread. */
    <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> part) {
        return CompletableFuture.supplyAsync(part, loop()).thenCompose(result -> result);
    }

    /** {@return whether the server has not left, as far as is known} On any thread. */
    boolean isOpen() {
        return flights.isOpen();
    }

    Features features() {
        return features;
    }

    Optional<TlsSession> tls() {
        return Optional.ofNullable(tls);
    }

    /** {@return the TLS settings that it is used under} */
    ClientTls settings() {
        return settings;
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    /** Takes leave without waiting for it. On any thread. */
    void quit() {
        channel.eventLoop().execute(() -> {
            if (isOpen() && !flights.isAwaiting()) {
                fly(Flight.of(FAREWELL, Commands.QUIT)).thenRun(channel::close);
            } else {
                channel.close();
            }
        });
    }

    /** Hangs up. On any thread. */
    void close() {
        channel.close();
    }

    private void write(byte[] octets) {
        if (octets.length > 0) {
            channel.write(Unpooled.wrappedBuffer(octets)).addListener(written -> {
                if (!written.isSuccess()) {
                    flights.failed(written.cause());
                }
            });
        }
    }
}
