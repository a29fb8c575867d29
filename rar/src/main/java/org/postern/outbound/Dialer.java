package org.postern.outbound;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.postern.NextHop;
import org.postern.tls.ClientTls;

/** Makes TCP connections to one server, at any of its addresses (RFC 5321 section 5.1). */
final class Dialer {

    /** A name with more addresses than this is not a mail server's. */
    private static final int MAX_ADDRESSES = 8;

    private final Client client;
    private final NextHop nextHop;
    private final ClientTls tls;
    private final EventLoop loop;
    private final Executor caller;

    /**
     * Prepares.
     *
     * @param client what all connections share
     * @param nextHop the server
     * @param tls the TLS settings that the connections will be used under
     * @param loop the event loop of the connections
     * @param caller looks names up, which can block
     */
    Dialer(Client client, NextHop nextHop, ClientTls tls, EventLoop loop, Executor caller) {
        this.client = client;
        this.nextHop = nextHop;
        this.tls = tls;
        this.loop = loop;
        this.caller = caller;
    }

    /** {@return a connection on which nothing was said yet, or MailDeliveryException} */
    CompletableFuture<Wire> dial() {
        return CompletableFuture.supplyAsync(this::lookUp, caller).thenComposeAsync(this::dialFirst, loop);
    }

    private List<InetAddress> lookUp() {
        try {
            List<InetAddress> all = List.of(InetAddress.getAllByName(nextHop.host()));
            return all.subList(0, Math.min(MAX_ADDRESSES, all.size()));
        } catch (UnknownHostException e) {
            throw new CompletionException(
                    OwnVerdict.waits("The name of " + nextHop + " could not be looked up.", "4.4.3", e));
        }
    }

    private CompletableFuture<Wire> dialFirst(List<InetAddress> addresses) {
        List<InetAddress> others = addresses.subList(1, addresses.size());
        CompletableFuture<Wire> first = dial(addresses.get(0));
        return others.isEmpty() ? first : first.exceptionallyCompose(failure -> dialFirst(others));
    }

    private CompletableFuture<Wire> dial(InetAddress address) {
        var dialled = new CompletableFuture<Wire>();
        var initializer = new WireMaker(tls);
        ChannelFuture connecting = bootstrap(initializer).connect(new InetSocketAddress(address, nextHop.port()));
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                dialled.complete(initializer.wire);
            } else {
                String sentence = "There is no connection to " + nextHop + " ("
                        + done.cause().getMessage() + ").";
                dialled.completeExceptionally(OwnVerdict.waits(sentence, "4.4.1", done.cause()));
            }
        });
        return dialled;
    }

    private Bootstrap bootstrap(ChannelHandler initializer) {
        return new Bootstrap()
                .group(loop)
                .channel(client.loops().socketChannel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        client.timeouts().connect().toMillis())
                // Flights are written whole: holding back the last segment for an acknowledgement only costs time.
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(initializer);
    }

    /** Puts the client's handlers into a new channel, and keeps what they are used through. */
    private static final class WireMaker extends ChannelInitializer<SocketChannel> {

        private final ClientTls tls;
        private Wire wire;

        WireMaker(ClientTls tls) {
            this.tls = tls;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            wire = new Wire(channel, tls);
        }
    }
}
