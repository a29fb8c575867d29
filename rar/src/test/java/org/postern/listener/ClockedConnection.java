package org.postern.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.postern.smtp.server.Session;

/** A connection of a listener's without a socket, by a clock that the test moves. */
final class ClockedConnection extends EmbeddedChannel implements DuplexChannel {

    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4711);

    private final MockTicker clock;
    private boolean outputShutdown;

    private ClockedConnection(MockTicker clock) {
        super(EmbeddedChannel.builder().ticker(clock));
        this.clock = clock;
    }

    /** Begins a session and reads the greeting. */
    static ClockedConnection begin(TestListener server) {
        var channel = new ClockedConnection(Ticker.newMockTicker());
        Reception reception = server.reception();
        var session = new Session(
                reception.facts(PEER, reception.tls()), reception.deliveries().rules());
        Door.Visit visit = reception.door().enter(PEER).orElseThrow();
        channel.pipeline().addLast(Entrance.FIRST, new FlushConsolidationHandler());
        channel.pipeline().addLast(new Connection(reception, server.listener, session, reception.tls(), visit));
        channel.pipeline().fireUserEventTriggered(Greeter.Event.DUE);
        channel.said();
        return channel;
    }

    /** Sends this. {@return what was answered by then} */
    String say(String text) {
        writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        return said();
    }

    /** Lets time go by. {@return what was said meanwhile} */
    String after(long time, TimeUnit unit) {
        clock.advance(time, unit);
        runPendingTasks();
        return said();
    }

    private String said() {
        var text = new StringBuilder();
        for (ByteBuf octets = readOutbound(); octets != null; octets = readOutbound()) {
            text.append(octets.toString(StandardCharsets.US_ASCII));
            octets.release();
        }
        return text.toString();
    }

    @Override
    public boolean isInputShutdown() {
        return false;
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOutputShutdown() {
        return outputShutdown;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        outputShutdown = true;
        return promise.setSuccess();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        throw new UnsupportedOperationException();
    }
}
