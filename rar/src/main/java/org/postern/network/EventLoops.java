package org.postern.network;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A fixed number of event loops, each on one thread that an executor gives it for good, and at busy times on a second one that
 * stands in for it. Uses epoll where its native part loads, else the JDK's selectors.
 */
public final class EventLoops implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EventLoops.class.getName());
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(5);

    /** Not zero: Netty's loop closes its channels in the round after the one in which it sees that it is to end. */
    private static final Duration QUIET = Duration.ofMillis(50);

    private final EventLoopGroup group;
    private final boolean epoll;

    static {
        // Netty's search for leaks looks at one buffer in a hundred with its stack: for developers, who ask for it by
        // this name.
        if (System.getProperty("io.netty.leakDetection.level") == null) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    /**
     * Starts the loops and waits until all of them run: a loop started later, at its first use, could wait for a thread that
     * only it can set free.
     *
     * @param count how many
     * @param threads gives a thread to each; throws RejectedExecutionException if it has none
     * @param loader the context class loader of the loops
     * @throws IllegalStateException if a loop does not start in time
     */
    public EventLoops(int count, Executor threads, ClassLoader loader) {
        epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Executor loopThreads = task -> threads.execute(() -> run(task, loader));
        group = new MultiThreadIoEventLoopGroup(count, loopThreads, io) {
            @Override
            protected IoEventLoop newChild(Executor executor, IoHandlerFactory factory, Object... none) {
                return new Loop(this, loopThreads, factory);
            }
        };
        for (EventExecutor loop : group) {
            if (!loop.submit(() -> {}).awaitUninterruptibly(START.toMillis())) {
                close();
                throw new IllegalStateException("The event loops got no thread from the container within "
                        + START.toSeconds() + " seconds; its thread pool is too small or too busy.");
            }
        }
    }

    /** {@return the loops} */
    public EventLoopGroup group() {
        return group;
    }

    /**
     * Offers something to the thread of the loop that this is called in, for when its round is over.
     *
     * @return whether it will be done, or told that it is late; false also where the caller is in no loop
     */
    public boolean offer(Interlude interlude) {
        for (EventExecutor loop : group) {
            if (loop.inEventLoop()) {
                return ((Loop) loop).offer(interlude);
            }
        }
        return false;
    }

    /** {@return the kind of channel for connections made by this side} */
    public Class<? extends SocketChannel> socketChannel() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** {@return the kind of channel for datagrams} */
    public Class<? extends DatagramChannel> datagramChannel() {
        return epoll ? EpollDatagramChannel.class : NioDatagramChannel.class;
    }

    /** {@return the kind of channel for listening} */
    public Class<? extends ServerSocketChannel> serverSocketChannel() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** Ends the loops and gives their threads back, within a bounded time. Channels still open are closed. */
    @Override
    public void close() {
        Future<?> ended = group.shutdownGracefully(QUIET.toMillis(), STOP.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended.awaitUninterruptibly(2 * STOP.toMillis())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "An event loop did not stop within {0} seconds.",
                    2 * STOP.toSeconds());
        }
        try {
            for (EventExecutor loop : group) {
                if (!((Loop) loop).awaitStandIn(STOP)) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "The second thread of an event loop did not stop within {0} seconds.",
                            STOP.toSeconds());
                }
            }
            // Netty tells of ended loops on a thread of its own, which would outlive the adapter and hold its classes.
            GlobalEventExecutor.INSTANCE.awaitInactivity(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException neverStarted) {
            LOG.log(System.Logger.Level.TRACE, "Netty's own thread had not been started.");
        }
    }

    private static void run(Runnable task, ClassLoader loader) {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        thread.setName(name + " (Postern event loop)");
        try {
            FastThreadLocalThread.runWithFastThreadLocal(task);
        } finally {
            thread.setName(name);
            thread.setContextClassLoader(before);
        }
    }
}
