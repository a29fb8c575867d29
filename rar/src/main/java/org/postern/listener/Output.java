package org.postern.listener;

import io.netty.channel.ChannelHandlerContext;
import org.postern.Reply;

/** Where replies go. It tells when the peer does not read them, so that they do not pile up here. */
final class Output {

    private final ChannelHandlerContext context;
    private boolean stalled;

    Output(ChannelHandlerContext context) {
        this.context = context;
    }

    void write(Reply reply) {
        context.write(ReplyWriter.write(reply, context.alloc()), context.voidPromise());
    }

    void flush() {
        context.flush();
    }

    /** {@return whether there is room for more; if not, it is stalled} */
    boolean hasRoom() {
        if (!context.channel().isWritable()) {
            context.flush();
        }
        stalled = !context.channel().isWritable();
        return !stalled;
    }

    /** {@return whether something was not carried out for want of room} */
    boolean isStalled() {
        return stalled;
    }
}
