package org.postern.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection that this side ends. Closing while octets of the peer are unread makes the system send a reset, which
 * can overtake the last reply. So the peer is told that it was the last, and what still comes is read and thrown away until the
 * peer closes too, or for a bounded time.
 */
final class Drain extends ChannelInboundHandlerAdapter {

    private static final int SECONDS = 2;

    private final boolean tookLeave;
    private ScheduledFuture<?> timer;

    private Drain(boolean tookLeave) {
        this.tookLeave = tookLeave;
    }

    /** Flushes what was written, and closes the connection so that the peer sees it. */
    static void close(ChannelHandlerContext context) {
        close(context, false);
    }

    /**
     * Does the same.
     *
     * @param tookLeave whether the peer did, and all that it had to say has been read: then its end is not waited for
     */
    static void close(ChannelHandlerContext context, boolean tookLeave) {
        readOn(context.channel());
        // When nothing more comes, nothing more is to be done.
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        // In front of the connection's handler, which has seen enough.
        Drain drain = new Drain(tookLeave);
        drain.timer = context.executor().schedule(() -> context.close(), SECONDS, TimeUnit.SECONDS);
        context.pipeline().addBefore(context.name(), null, drain);
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null && tls.handshakeFuture().isSuccess()) {
            context.flush();
            tls.closeOutbound().addListener(done -> drain.closeIfNothingComes(context));
        } else {
            context.writeAndFlush(context.alloc().buffer(0)).addListener(done -> drain.shutDownOutput(context));
        }
    }

    /** Reads again; from a peer that has shut its side there is nothing to come, and the system would say so by an error. */
    static void readOn(Channel channel) {
        if (!(channel instanceof DuplexChannel duplex && duplex.isInputShutdown())) {
            channel.config().setAutoRead(true);
        }
    }

    /** With TLS its own end is what tells the peer; shutting down the output as well would only cost a system call. */
    private boolean closeIfNothingComes(ChannelHandlerContext context) {
        boolean nothingComes = tookLeave || ((DuplexChannel) context.channel()).isInputShutdown();
        if (nothingComes) {
            context.close();
        }
        return nothingComes;
    }

    private void shutDownOutput(ChannelHandlerContext context) {
        if (!closeIfNothingComes(context)) {
            ((DuplexChannel) context.channel()).shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
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
        // Neither silence nor the end of TLS matters any more.
    }
}
