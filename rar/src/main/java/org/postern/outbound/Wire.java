package org.postern.outbound;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.postern.NextHop;
import org.postern.Reply;
import org.postern.TlsSession;
import org.postern.smtp.client.Commands;
import org.postern.smtp.client.Features;

/** A channel to a server, and what is known of the server. Used on the channel's event loop where nothing else is said. */
final class Wire {

    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final Channel channel;
    private final ReplyDecoder decoder = new ReplyDecoder();
    private final FlightHandler flights = new FlightHandler();
    private final Terms terms;
    private final Target target;
    private final long madeAt = System.nanoTime();
    private volatile Features features = Features.NONE;
    private volatile TlsSession tls;
    private volatile long usedAt = System.nanoTime();
    private volatile boolean tidy = true;
    private volatile int messages;
    private volatile boolean leaving;

    /**
     * Takes a channel.
     *
     * @param channel a channel, not yet connected
     * @param terms what it is used under
     * @param target where it leads to
     */
    Wire(Channel channel, Terms terms, Target target) {
        this.channel = channel;
        this.terms = terms;
        this.target = target;
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

    /** Lets somebody see what comes, before TLS takes it. */
    void watch(ChannelHandler watcher) {
        channel.pipeline().addFirst(watcher);
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

    /** Counts a message that is about to be sent. */
    void begins() {
        messages++;
        used(false);
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

    /** {@return what it is used under} */
    Terms terms() {
        return terms;
    }

    /** {@return the server, as it is told to the application} */
    NextHop server() {
        NextHop asked = terms.nextHop();
        if (asked.way() != NextHop.Way.MX) {
            return asked;
        }
        try {
            return new NextHop(NextHop.Way.SMTP, target.host(), target.address().getPort(), asked.domain());
        } catch (IllegalArgumentException e) {
            // The domain chose the name of its server; not all that DNS can hold is a host name.
            return asked;
        }
    }

    /** {@return where it leads to} */
    Target target() {
        return target;
    }

    /** {@return whether it has been used for long enough} On any thread. */
    boolean isWornOut(Lifetime lifetime) {
        return lifetime.isOver(messages, Duration.ofNanos(System.nanoTime() - madeAt));
    }

    /** {@return whether the dialogue ended by a word of the server's, and not by its silence} */
    boolean wasDismissed() {
        return flights.wasDismissed();
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    /** Remembers that QUIT goes out with a flight: nothing else will. */
    void leaves() {
        leaving = true;
    }

    /** {@return whether QUIT has gone out} */
    boolean isLeaving() {
        return leaving;
    }

    /** Takes leave, if that was not done with the last flight, without waiting for it. On any thread. */
    void quit() {
        if (loop().inEventLoop()) {
            // At once: the answer to what went with the last flight comes next.
            leave();
        } else {
            loop().execute(this::leave);
        }
    }

    private void leave() {
        if (isOpen() && !flights.isAwaiting()) {
            Flight farewell = leaving ? Flight.awaiting(FAREWELL) : Flight.of(FAREWELL, Commands.QUIT);
            leaving = true;
            fly(farewell).thenRun(channel::close);
        } else {
            channel.close();
        }
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
