package org.postern.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postern.administration.SettingValues;
import org.postern.network.EventLoops;
import org.postern.tls.ServerTls;

/** The ports of an open listener. */
final class Ports {

    private static final int BACKLOG = 1024;

    private final List<Port> open = new ArrayList<>();

    /** A port and how sessions on it begin. */
    private record Port(Channel channel, boolean implicitTls) {}

    private Ports() {}

    /** Takes all ports that the settings name, or none. */
    static Ports bind(EventLoops loops, Reception reception, Listener listener) throws IOException {
        Ports ports = new Ports();
        SettingValues settings = reception.settings();
        try {
            for (String host : settings.get(ListenerSettings.HOST)) {
                int port = settings.get(ListenerSettings.PORT);
                ports.add(loops, host, port, new Initializer(reception, listener, false));
                var implicitTlsPort = settings.get(ListenerSettings.IMPLICIT_TLS_PORT);
                if (implicitTlsPort.isPresent() && reception.tls().isUsable()) {
                    ports.add(loops, host, implicitTlsPort.get(), new Initializer(reception, listener, true));
                }
            }
        } catch (IOException e) {
            ports.close();
            throw e;
        }
        return ports;
    }

    private void add(EventLoops loops, String host, int port, Initializer initializer) throws IOException {
        var bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverSocketChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer)
                .bind(new InetSocketAddress(InetAddress.getByName(host), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Port " + port + " of " + host + " could not be taken ("
                            + bound.cause().getMessage() + "). Set host, port or implicitTlsPort to what is free.",
                    bound.cause());
        }
        open.add(new Port(bound.channel(), initializer.implicitTls));
    }

    List<InetSocketAddress> addresses(boolean implicitTls) {
        return open.stream()
                .filter(port -> port.implicitTls() == implicitTls)
                .map(port -> (InetSocketAddress) port.channel().localAddress())
                .toList();
    }

    /** Gives all ports back before it returns. */
    void close() {
        open.forEach(port -> port.channel().close().awaitUninterruptibly());
    }

    /** Sets up a connection that was accepted. */
    private static final class Initializer extends ChannelInitializer<SocketChannel> {

        private final Reception reception;
        private final Listener listener;
        private final boolean implicitTls;

        Initializer(Reception reception, Listener listener, boolean implicitTls) {
            this.reception = reception;
            this.listener = listener;
            this.implicitTls = implicitTls;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            ServerTls tls = reception.tls();
            if (implicitTls) {
                if (!tls.isUsable()) {
                    channel.close();
                    return;
                }
                channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            long idle = reception.idleTimeout().toMillis();
            channel.pipeline().addLast(new IdleStateHandler(idle, 0, 0, TimeUnit.MILLISECONDS));
            channel.pipeline().addLast(new Connection(reception, listener, tls, implicitTls));
        }
    }
}
