package org.postern.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Waits for the header with which a load balancer tells who the peer is (PROXY protocol, versions 1 and 2). Nothing else happens
 * before it has come, neither TLS nor a greeting; without a proper one in time the connection is closed.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {

    /** The load balancer sends it at once. */
    private static final int SECONDS = 5;

    /** Far more than load balancers add in extensions of version 2; the protocol itself would allow 64 KiB. */
    private static final int MAX_EXTENSIONS = 4096;

    private final Journal journal;
    private final Consumer<InetSocketAddress> found;
    private ScheduledFuture<?> timer;
    private boolean failed;

    private ProxyHeader(Journal journal, Consumer<InetSocketAddress> found) {
        this.journal = journal;
        this.found = found;
    }

    /**
     * Begins to wait.
     *
     * @param pipeline of a connection from a load balancer, empty so far
     * @param journal is told of failures
     * @param found is given the peer, once, to add the handlers of the session
     */
    static void await(ChannelPipeline pipeline, Journal journal, Consumer<InetSocketAddress> found) {
        pipeline.addLast(new HAProxyMessageDecoder(MAX_EXTENSIONS, true));
        pipeline.addLast(new ProxyHeader(journal, found));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> fail(ctx, "no header came in time"), SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timer.cancel(false);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HAProxyMessage header) {
                InetSocketAddress balancer = (InetSocketAddress) ctx.channel().remoteAddress();
                found.accept(peer(header, balancer));
                // What came behind the header follows now.
                ctx.pipeline().remove(this);
            }
        } catch (IllegalArgumentException e) {
            fail(ctx, e.getMessage());
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** A connection of the load balancer's own, such as a health check, or one that it cannot tell the origin of, is its own. */
    private static InetSocketAddress peer(HAProxyMessage header, InetSocketAddress balancer) {
        HAProxyProxiedProtocol protocol = header.proxiedProtocol();
        return switch (protocol) {
            case UNKNOWN -> balancer;
            case TCP4, TCP6 ->
                new InetSocketAddress(
                        NetUtil.createInetAddressFromIpAddressString(header.sourceAddress()), header.sourcePort());
            default -> throw new IllegalArgumentException("the header tells of " + protocol + ", which is not TCP");
        };
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            fail(ctx, "no header came to its end");
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, String.valueOf(cause.getMessage()));
    }

    /** The decoder may fail once more with what is left when the connection closes. */
    private void fail(ChannelHandlerContext ctx, String why) {
        if (failed) {
            return;
        }
        failed = true;
        journal.proxyFailure((InetSocketAddress) ctx.channel().remoteAddress(), why);
        ctx.close();
    }
}
