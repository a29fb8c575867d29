package org.postern.test;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sessions over STARTTLS that are all open at once: so many that sockets of the JDK, 100 KB each, would not do. */
public final class IdleSessions implements AutoCloseable {

    /** How many are opened at once: no server need be flooded. */
    private static final int GROUP = 50;

    private static final int MAX_LINE = 512;
    private static final String HELLO = "EHLO client.example.org";

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Session> sessions = new ArrayList<>();
    private final SslContext tls;
    private final Bootstrap bootstrap;

    private IdleSessions(int port) throws IOException {
        // Without a name there is nothing by which a session could be resumed, and each handshake is a full one.
        tls = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
        bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .remoteAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Opens so many, each up to the reply to the EHLO that follows its handshake. */
    public static IdleSessions open(int port, int number) throws Exception {
        var opened = new IdleSessions(port);
        try {
            for (int left = number; left > 0; left -= GROUP) {
                opened.openGroup(Math.min(left, GROUP));
            }
            return opened;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            opened.close();
            throw e;
        }
    }

    private void openGroup(int number) throws InterruptedException, ExecutionException, TimeoutException {
        List<CompletableFuture<String>> group = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Session session = new Session();
            sessions.add(session);
            group.add(session.open());
        }
        await(group);
    }

    /** Says NOOP in all of them. {@return the replies} */
    public List<String> noop() throws InterruptedException, ExecutionException, TimeoutException {
        return await(sessions.stream().map(session -> session.say("NOOP")).toList());
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .awaitUninterruptibly(Waiting.PATIENCE.toMillis());
    }

    private static List<String> await(List<CompletableFuture<String>> replies)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
                .get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return replies.stream().map(CompletableFuture::join).toList();
    }

    /** One of them, on the loop. */
    private final class Session extends SimpleChannelInboundHandler<String> {

        private volatile Channel channel;
        private volatile CompletableFuture<String> reply = new CompletableFuture<>();

        CompletableFuture<String> open() {
            CompletableFuture<String> greeting = reply;
            ChannelInitializer<Channel> initializer = new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel made) {
                    channel = made;
                    made.pipeline().addLast(new LineBasedFrameDecoder(MAX_LINE));
                    made.pipeline().addLast(new StringDecoder(StandardCharsets.US_ASCII));
                    made.pipeline().addLast(Session.this);
                }
            };
            bootstrap.clone().handler(initializer).connect().addListener(connected -> {
                if (!connected.isSuccess()) {
                    greeting.completeExceptionally(connected.cause());
                }
            });
            return greeting.thenCompose(greeted -> say(HELLO))
                    .thenCompose(known -> say("STARTTLS"))
                    .thenCompose(ready -> handshake())
                    .thenCompose(encrypted -> say(HELLO));
        }

        private CompletableFuture<Channel> handshake() {
            SslHandler handler = tls.newHandler(channel.alloc());
            channel.pipeline().addFirst(handler);
            CompletableFuture<Channel> done = new CompletableFuture<>();
            handler.handshakeFuture().addListener(ended -> {
                if (ended.isSuccess()) {
                    done.complete(channel);
                } else {
                    done.completeExceptionally(ended.cause());
                }
            });
            return done;
        }

        CompletableFuture<String> say(String line) {
            reply = new CompletableFuture<>();
            channel.writeAndFlush(Unpooled.copiedBuffer(line + "\r\n", StandardCharsets.US_ASCII));
            return reply;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, String line) {
            // In all lines of a reply but the last its code is followed by a hyphen (RFC 5321 section 4.2.1).
            if (!line.startsWith("-", 3)) {
                reply.complete(line);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            reply.completeExceptionally(new IOException("The server has ended a session."));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            reply.completeExceptionally(cause);
        }
    }
}
