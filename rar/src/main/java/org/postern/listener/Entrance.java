package org.postern.listener;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.postern.smtp.server.Session;
import org.postern.tls.ServerTls;

/** Sets up a connection that was accepted: PROXY protocol where it is due, TLS where the port begins with it, SMTP. */
final class Entrance extends ChannelInitializer<SocketChannel> {

    /** The name of the first handler; TLS comes right after it. */
    static final String FIRST = "first";

    private final Reception reception;
    private final Listener listener;
    private final boolean implicitTls;

    Entrance(Reception reception, Listener listener, boolean implicitTls) {
        this.reception = reception;
        this.listener = listener;
        this.implicitTls = implicitTls;
    }

    boolean isImplicitTls() {
        return implicitTls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        // What is written while something that came is looked at leaves together, as the last reply and the end of TLS
        // do.
        channel.pipeline().addLast(FIRST, new FlushConsolidationHandler());
        InetSocketAddress address = channel.remoteAddress();
        if (address == null) {
            // It has gone already.
            channel.close();
        } else if (reception.isProxy(address)) {
            ProxyHeader.await(channel.pipeline(), reception.journal(), peer -> admit(channel, peer));
        } else {
            admit(channel, address);
        }
    }

    private void admit(SocketChannel channel, InetSocketAddress peer) {
        ServerTls tls = reception.tls();
        if (implicitTls && !tls.isUsable()) {
            channel.close();
            return;
        }
        reception
                .door()
                .enter(peer)
                .ifPresentOrElse(visit -> begin(channel.pipeline(), peer, tls, visit), channel::close);
    }

    private void begin(ChannelPipeline pipeline, InetSocketAddress peer, ServerTls tls, Door.Visit visit) {
        // Whatever goes wrong from here on, it leaves.
        pipeline.channel().closeFuture().addListener(closed -> visit.leave());
        var session =
                new Session(reception.facts(peer, tls), reception.deliveries().rules());
        if (implicitTls) {
            pipeline.addLast(tls.newHandler(pipeline.channel().alloc()));
        }
        boolean atOnce = visit.refusal().isPresent() || reception.isTrusted(peer);
        Duration delay = atOnce ? Duration.ZERO : reception.settings().get(LimitSettings.GREETING_DELAY);
        pipeline.addLast(new Greeter(delay, implicitTls));
        pipeline.addLast(new Connection(reception, listener, session, tls, visit));
    }
}
