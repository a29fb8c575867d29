package org.postern.listener;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection that this side ends. Closing while octets of the peer are unread makes the system send a reset, which
 * can overtake the last reply. So the output is shut down, and what still comes is read and thrown away, for a bounded time.
 */
final class Drain extends ChannelInboundHandlerAdapter {

    private static final int SECONDS = 2;

    private ScheduledFuture<?> timer;

    private Drain() {}

    /** Flushes what was written, and closes the connection so that the peer sees it. */
    static void close(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(true);
        // In front of the connection's handler, which has seen enough.
        Drain drain = new Drain();
        drain.timer = context.executor().schedule(() -> context.close(), SECONDS, TimeUnit.SECONDS);
        context.pipeline().addBefore(context.name(), null, drain);
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null && tls.handshakeFuture().isSuccess()) {
            context.flush();
            tls.closeOutbound().addListener(done -> shutDownOutput(context));
        } else {
            context.writeAndFlush(context.alloc().buffer(0)).addListener(done -> shutDownOutput(context));
        }
    }

    private static void shutDownOutput(ChannelHandlerContext context) {
        DuplexChannel channel = (DuplexChannel) context.channel();
        if (channel.isInputShutdown()) {
            channel.close();
        } else {
            channel.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        timer.cancel(false);
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Nothing was read, as far as the connection is concerned.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        // Neither silence nor the end of TLS matters any more, but that nothing more comes does.
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ctx.close();
        }
    }
}
