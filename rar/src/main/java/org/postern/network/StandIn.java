package org.postern.network;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The second thread of an event loop, which drives it while its own is kept by an {@link Interlude}. It looks for one that takes long
 * fifty times a second, which costs less than to be woken for each, but is not for nothing: so it is there only while there are many.
 */
final class StandIn implements Runnable {

    private static final System.Logger LOG = System.getLogger(StandIn.class.getName());

    /** Between two looks, in nanoseconds. What is under way at two of them takes long. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    /** So many in a period are worth a second thread. */
    private static final int MANY = 64;

    private final Loop loop;
    private final Executor threads;
    private final AtomicReference<State> state = new AtomicReference<>(State.AWAY);
    private int missed;
    private long missedSince;

    private enum State {
        AWAY,
        ASKED,
        THERE
    }

    StandIn(Loop loop, Executor threads) {
        this.loop = loop;
        this.threads = threads;
    }

    boolean isThere() {
        return state.get() == State.THERE;
    }

    /** Is told, by the loop's own thread, that it would have been of use. Where that is so often, it is asked for. */
    void miss() {
        if (state.get() == State.AWAY && isMissedOften()) {
            missed = 0;
            ask();
        }
    }

    private boolean isMissedOften() {
        long now = System.nanoTime();
        if (missed == 0 || now - missedSince > PERIOD) {
            missed = 0;
            missedSince = now;
        }
        missed++;
        return missed == MANY;
    }

    private void ask() {
        if (state.compareAndSet(State.AWAY, State.ASKED)) {
            try {
                threads.execute(this);
            } catch (RejectedExecutionException e) {
                state.set(State.AWAY);
                LOG.log(System.Logger.Level.DEBUG, "An event loop got no second thread: {0}", e.getMessage());
            }
        }
    }

    @Override
    public void run() {
        state.set(State.THERE);
        do {
            try {
                standBy();
            } finally {
                // Also where it fails: nobody must count on it then.
                leave();
            }
            // The loop looks for it after it has let go, and it for the loop after it has left: one of the two sees the
            // other.
        } while (isNeeded() && loop.underWay() != 0 && state.compareAndSet(State.AWAY, State.THERE));
    }

    private void standBy() {
        long last = 0;
        long counted = loop.count();
        long since = System.nanoTime();
        while (isNeeded()) {
            LockSupport.parkNanos(this, LOOK);
            long underWay = loop.underWay();
            if (underWay != 0 && underWay == last) {
                loop.drive();
            }
            last = underWay;
            if (System.nanoTime() - since > PERIOD) {
                if (loop.count() - counted < MANY) {
                    return;
                }
                counted = loop.count();
                since = System.nanoTime();
            }
        }
    }

    private boolean isNeeded() {
        return !loop.isShuttingDown() || loop.underWay() != 0 && !loop.isDone();
    }

    private synchronized void leave() {
        state.set(State.AWAY);
        notifyAll();
    }

    /** Waits for it to be gone; the loop is ending. {@return whether it is} */
    synchronized boolean awaitEnd(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (isThere() && System.nanoTime() - end < 0) {
            TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
        }
        return !isThere();
    }
}
