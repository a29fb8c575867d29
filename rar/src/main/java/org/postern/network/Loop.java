package org.postern.network;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * An event loop whose thread lets go of it for an {@link Interlude} between two rounds. Where that takes long, a {@link StandIn}
 * drives the loop until its own thread comes back. One thread at a time is in the event loop, or none.
 */
final class Loop extends SingleThreadIoEventLoop {

    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    /** How long tasks may run before it is input's turn again, in nanoseconds: what Netty has. */
    private static final long TASKS = TimeUnit.SECONDS.toNanos(1);

    private final StandIn standIn;
    private final AtomicReference<Thread> driver = new AtomicReference<>();
    private volatile boolean wanted;
    private volatile Interlude current;
    private volatile long count;

    /** What was offered, by the loop's own thread, which alone looks at it. */
    private final Queue<Interlude> interludes = new ArrayDeque<>();

    /** The loop's own thread, from when it runs. */
    private Thread own;

    Loop(IoEventLoopGroup parent, Executor threads, IoHandlerFactory io) {
        super(parent, threads, io);
        standIn = new StandIn(this, threads);
    }

    /**
     * Offers something to do, to be called in the event loop.
     *
     * @return whether it will be done, or told that it is late; false where there is no second thread at present
     */
    boolean offer(Interlude interlude) {
        if (Thread.currentThread() != own || isShuttingDown()) {
            return false;
        }
        if (!standIn.isThere()) {
            standIn.miss();
            return false;
        }
        // What is offered again before its turn needs but one.
        return interludes.contains(interlude) || interludes.add(interlude);
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return thread == driver.get() && !isTerminated();
    }

    @Override
    protected void run() {
        own = Thread.currentThread();
        driver.set(own);
        super.run();
    }

    /** A round begins. The stand-in does not come by here. */
    @Override
    protected int runIo() {
        while (!interludes.isEmpty()) {
            letGo();
            // What came of them, at once: looking for input first would take a system call more.
            runAllTasks(TASKS);
        }
        return super.runIo();
    }

    private void letGo() {
        driver.set(null);
        // Asked after it was let go of, as the stand-in looks after it has left: one of the two sees the other.
        boolean watched = standIn.isThere();
        while (!interludes.isEmpty()) {
            current = interludes.remove();
            if (watched) {
                perform(current);
            } else {
                current.late();
            }
        }
        current = null;
        takeBack();
    }

    private void perform(Interlude interlude) {
        count++;
        try {
            interlude.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "What was done between two rounds of an event loop failed.", e);
        }
        // Whoever interrupted it did not mean the loop.
        Thread.interrupted();
    }

    private void takeBack() {
        while (!driver.compareAndSet(null, own)) {
            wanted = true;
            // Unlike a mere wakeup, a task is seen also by a driver that is just about to wait for input.
            execute(() -> {});
            LockSupport.park(this);
        }
        wanted = false;
    }

    /** {@return how many interludes there have been so far} */
    long count() {
        return count;
    }

    /** {@return the number of the interlude that keeps the loop from being driven; zero where it is driven} */
    long underWay() {
        return driver.get() == null ? count : 0;
    }

    /** Drives the loop until its own thread wants it back. For the stand-in. */
    void drive() {
        if (!driver.compareAndSet(null, Thread.currentThread())) {
            return;
        }
        try {
            Interlude late = current;
            if (late != null) {
                late.late();
            }
            while (!wanted && !isDone()) {
                super.runIo();
                if (isShuttingDown()) {
                    ioHandler().prepareToDestroy();
                }
                runAllTasks(TASKS);
            }
        } finally {
            driver.set(null);
            LockSupport.unpark(own);
        }
    }

    /** {@return whether nothing is left for a stand-in: the rest of the end is its own thread's} */
    boolean isDone() {
        return isShuttingDown() && getNumOfRegisteredChannels() == 0;
    }

    /** Waits for the stand-in to be gone; the loop is ending. {@return whether it is} */
    boolean awaitStandIn(Duration time) throws InterruptedException {
        return standIn.awaitEnd(time);
    }
}
