package org.postern.listener;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells when something has been waited for too long. What is waited for may change with every command, and hardly ever does it
 * last: so a timer is not set anew with each, but looks when it fires how much is left.
 */
final class Watch {

    private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventExecutor executor;
    private final Consumer<String> overdue;
    private ScheduledFuture<?> timer;
    private long firesAt;
    private long due;
    private String limit;

    /**
     * Makes one that waits for nothing.
     *
     * @param executor of the connection
     * @param overdue is told the name of the limit, on the executor
     */
    Watch(EventExecutor executor, Consumer<String> overdue) {
        this.executor = executor;
        this.overdue = overdue;
    }

    /** Begins a wait, in place of the one before, that counts from a point in time. Without a bound (0) there is none. */
    void await(long since, Duration bound, String name) {
        if (bound.isZero()) {
            limit = null;
        } else {
            awaitUntil(since + bound.toNanos(), name);
        }
    }

    /** Begins a wait that ends at a point in time by {@link #now}. */
    void awaitUntil(long end, String name) {
        limit = name;
        due = end;
        if (timer == null || due - firesAt < -SLACK) {
            set(due - now());
        }
    }

    /** {@return the executor's time, in nanoseconds from an arbitrary point} */
    long now() {
        return executor.ticker().nanoTime();
    }

    /** Waits for nothing any more. */
    void stop() {
        limit = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void set(long nanos) {
        if (timer != null) {
            timer.cancel(false);
        }
        firesAt = now() + nanos;
        timer = executor.schedule(this::fired, nanos, TimeUnit.NANOSECONDS);
    }

    private void fired() {
        timer = null;
        if (limit == null) {
            return;
        }
        long left = due - now();
        if (left > 0) {
            set(left);
        } else {
            String passed = limit;
            limit = null;
            overdue.accept(passed);
        }
    }
}
