package org.postern.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.io.EOFException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.postern.network.EventLoops;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/**
 * Carries questions and answers on the event loops: dnsjava's own clients would start a thread of their own and a shutdown hook.
 * Each question has a socket of its own, so that its port is as hard to guess as the system makes it (RFC 5452 section 9.2), and
 * is connected, so that only the server that was asked can answer.
 */
final class Channels implements IoClientFactory, TcpIoClient, UdpIoClient {

    private static final int LENGTH_OCTETS = 2;
    private static final int MOST_OCTETS = 65_535;

    private final EventLoops loops;

    Channels(EventLoops loops) {
        this.loops = loops;
    }

    @Override
    public TcpIoClient createOrGetTcpClient() {
        return this;
    }

    @Override
    public UdpIoClient createOrGetUdpClient() {
        return this;
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveUdp(
            InetSocketAddress local,
            InetSocketAddress remote,
            Message query,
            byte[] question,
            int most,
            Duration timeout) {
        var answer = new CompletableFuture<byte[]>();
        Bootstrap bootstrap = new Bootstrap()
                .group(loops.group())
                .channel(loops.datagramChannel())
                .handler(new Datagrams(answer, query.getHeader().getID()));
        run(bootstrap.connect(remote), Unpooled.wrappedBuffer(question), answer, timeout);
        return answer;
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveTcp(
            InetSocketAddress local, InetSocketAddress remote, Message query, byte[] question, Duration timeout) {
        var answer = new CompletableFuture<byte[]>();
        Bootstrap bootstrap = new Bootstrap()
                .group(loops.group())
                .channel(loops.socketChannel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new LengthFieldBasedFrameDecoder(
                                                MOST_OCTETS + LENGTH_OCTETS, 0, LENGTH_OCTETS, 0, LENGTH_OCTETS),
                                        new Octets(answer));
                    }
                });
        ByteBuf framed = Unpooled.buffer(LENGTH_OCTETS + question.length);
        framed.writeShort(question.length).writeBytes(question);
        run(bootstrap.connect(remote), framed, answer, timeout);
        return answer;
    }

    private static void run(
            ChannelFuture connecting, ByteBuf question, CompletableFuture<byte[]> answer, Duration timeout) {
        Channel channel = connecting.channel();
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                question.release();
                answer.completeExceptionally(connected.cause());
                return;
            }
            channel.writeAndFlush(question).addListener(written -> {
                if (!written.isSuccess()) {
                    answer.completeExceptionally(written.cause());
                }
            });
        });
        var timer = channel.eventLoop()
                .schedule(
                        () -> answer.completeExceptionally(new SocketTimeoutException("no answer in time")),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        answer.whenComplete((octets, failure) -> {
            timer.cancel(false);
            // Not within the read that this may be called from: Netty would read on, from a file descriptor whose
            // number may be
            // somebody else's by then, and a socket that blocks would hold the loop for good.
            channel.eventLoop().execute(channel::close);
        });
    }

    /** Takes the answer of a datagram socket; what has another number is somebody's guess, and the right one may follow. */
    private static final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {

        private final CompletableFuture<byte[]> answer;
        private final int number;

        Datagrams(CompletableFuture<byte[]> answer, int number) {
            this.answer = answer;
            this.number = number;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            ByteBuf content = packet.content();
            if (content.readableBytes() >= 2 && content.getUnsignedShort(content.readerIndex()) == number) {
                answer.complete(ByteBufUtil.getBytes(content));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
        }
    }

    /** Takes the answer of a connection. */
    private static final class Octets extends SimpleChannelInboundHandler<ByteBuf> {

        private final CompletableFuture<byte[]> answer;

        Octets(CompletableFuture<byte[]> answer) {
            this.answer = answer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            answer.complete(ByteBufUtil.getBytes(message));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            answer.completeExceptionally(new EOFException("the connection was closed"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            answer.completeExceptionally(cause);
        }
    }
}
