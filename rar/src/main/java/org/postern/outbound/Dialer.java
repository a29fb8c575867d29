package org.postern.outbound;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.CompletableFuture;

/**
 * Makes TCP connections.
 *
 * @param client what all connections share
 * @param loop the event loop of the connections
 */
record Dialer(Client client, EventLoop loop) {

    /** {@return a connection on which nothing was said yet, or MailDeliveryException; it is closed when its place is lost} */
    CompletableFuture<Wire> dial(Target target, Terms terms, Openings.Place place) {
        var dialled = new CompletableFuture<Wire>();
        var initializer = new WireMaker(terms, target);
        ChannelFuture connecting = bootstrap(initializer).connect(target.address());
        place.whenLost(() -> connecting.channel().close());
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                dialled.complete(initializer.wire);
            } else if (place.lostTo().isPresent()) {
                dialled.completeExceptionally(new Crowded(target, place.lostTo().get()));
            } else {
                place.leave();
                client.dead().failed(target.address());
                dialled.completeExceptionally(new Unreachable(
                        "There is no connection to " + target + " ("
                                + done.cause().getMessage() + ").",
                        "4.4.1",
                        done.cause()));
            }
        });
        return dialled;
    }

    private Bootstrap bootstrap(WireMaker initializer) {
        return new Bootstrap()
                .group(loop)
                .channel(client.loops().socketChannel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        client.timeouts().connect().toMillis())
                // TCP_NODELAY, by which flights go out whole and at once, is what Netty sets unasked.
                // Addresses are known by now.
                .disableResolver()
                .handler(initializer);
    }

    /** Puts the client's handlers into a new channel, and keeps what they are used through. */
    private static final class WireMaker extends ChannelInitializer<SocketChannel> {

        private final Terms terms;
        private final Target target;
        private Wire wire;

        WireMaker(Terms terms, Target target) {
            this.terms = terms;
            this.target = target;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            wire = new Wire(channel, terms, target);
        }
    }
}
