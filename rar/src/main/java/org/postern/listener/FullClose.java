package org.postern.listener;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Stands in front of all that may close a connection. Where connections may be half-closed, Netty reads on after what it has read
 * led to a close: from a file descriptor whose number may be another connection's by then. So one that is to be closed is not
 * half-closed any more, and Netty stops.
 */
@Sharable
final class FullClose extends ChannelOutboundHandlerAdapter {

    /** Its name in a pipeline; TLS comes right after it. */
    static final String NAME = "full close";

    static final FullClose INSTANCE = new FullClose();

    private FullClose() {}

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        ctx.close(promise);
    }
}
