package org.postern.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Stands before a connection's handler until the greeting is due. Even without a delay that is only after the event loop has looked
 * for input once, which costs an honest peer no time: who has spoken by then has not awaited the greeting (RFC 5321 section 3.1),
 * as programs that send spam blindly do not.
 */
final class Greeter extends ChannelInboundHandlerAdapter {

    private final Duration delay;
    private final boolean afterHandshake;
    private boolean spoken;

    /** What the connection's handler is told. */
    enum Event {
        /** The greeting is to be written. */
        DUE,
        /** The peer has spoken before it. */
        SPOKEN_BEFORE
    }

    /**
     * Makes one.
     *
     * @param delay how long the greeting waits
     * @param afterHandshake whether the wait begins with the end of a TLS handshake
     */
    Greeter(Duration delay, boolean afterHandshake) {
        this.delay = delay;
        this.afterHandshake = afterHandshake;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!afterHandshake) {
            prepare(ctx);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.fireUserEventTriggered(event);
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            prepare(ctx);
        }
    }

    private void prepare(ChannelHandlerContext ctx) {
        // What a task schedules, even for at once, comes behind the loop's next look for input.
        ctx.executor().execute(() -> ctx.executor().schedule(() -> due(ctx), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void due(ChannelHandlerContext ctx) {
        if (!spoken && !ctx.isRemoved()) {
            ctx.fireUserEventTriggered(Event.DUE);
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
        if (!spoken) {
            spoken = true;
            ctx.fireUserEventTriggered(Event.SPOKEN_BEFORE);
        }
    }
}
