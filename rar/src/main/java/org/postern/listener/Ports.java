package org.postern.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.postern.administration.SettingValues;
import org.postern.network.EventLoops;

/** The ports of an open listener. */
final class Ports {

    private static final int BACKLOG = 1024;

    /** Not smaller after some commands: a small message that follows then takes several reads, and is put together from them. */
    private static final AdaptiveRecvByteBufAllocator READS = new AdaptiveRecvByteBufAllocator(8192, 8192, 65536);

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
                ports.add(loops, host, port, new Entrance(reception, listener, false));
                var implicitTlsPort = settings.get(ListenerSettings.IMPLICIT_TLS_PORT);
                if (implicitTlsPort.isPresent() && reception.tls().isUsable()) {
                    ports.add(loops, host, implicitTlsPort.get(), new Entrance(reception, listener, true));
                }
            }
        } catch (IOException e) {
            ports.close();
            throw e;
        }
        return ports;
    }

    private void add(EventLoops loops, String host, int port, Entrance entrance) throws IOException {
        var bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverSocketChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                // TCP_NODELAY is what Netty sets unasked. Who has sent everything and shuts its side still waits for
                // the replies.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, READS)
                .childHandler(entrance)
                .bind(new InetSocketAddress(InetAddress.getByName(host), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Port " + port + " of " + host + " could not be taken ("
                            + bound.cause().getMessage() + "). Set host, port or implicitTlsPort to what is free.",
                    bound.cause());
        }
        open.add(new Port(bound.channel(), entrance.isImplicitTls()));
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
}
