package org.postern.connector;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.postern.connector.WaitingCalls.Entry;
import org.postern.network.Interlude;
import org.postern.network.ThreadTraces;

/**
 * Calls of beans, a bounded number of them at once. What is more waits in the order of arrival, and so does a call for which the
 * container has no bean or thread free; after a bounded time it is given up. Nothing here blocks a caller.
 *
 * <p>A thread goes on with what waits, and another is asked for only where calls would wait for longer than it takes to wake one:
 * short calls follow one another on few threads, while slow ones have a thread each. While calls are shorter than that, the thread
 * of the event loop that a call comes from makes it itself, in a {@link Turn}: waking another one, and the loop again for the
 * outcome, would cost more than the call.
 */
final class WorkQueue {

    private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());

    /** After so long another thread is asked for, as the container may have lost the Work, or had none to give. */
    private static final long LOST = TimeUnit.SECONDS.toNanos(1);

    /** How many calls a thread makes before the container has it back for others. */
    private static final int TURNS = 64;

    /** How many the thread of an event loop makes before it is the loop's again. */
    private static final int FEW = 16;

    private final WorkManager workManager;
    private final ClassLoader loader;
    private final IntSupplier limit;
    private final LongSupplier nanoTime;
    private final Predicate<Interlude> loops;
    private final Interlude turn = new Turn();
    private final WaitingCalls waiting = new WaitingCalls();
    private final CallTimes times = new CallTimes();
    private int running;
    private boolean asked;
    private long askedAt;
    private Entry latest;
    private long takenAt;
    private boolean closed;

    /**
     * Makes a queue.
     *
     * @param workManager gives threads
     * @param loader the context class loader of the calls
     * @param limit how many calls may be under way at once
     * @param nanoTime the time, as System.nanoTime gives it
     * @param loops whether an event loop gives its thread for a turn, as {@link org.postern.network.EventLoops#offer} tells
     */
    WorkQueue(
            WorkManager workManager,
            ClassLoader loader,
            IntSupplier limit,
            LongSupplier nanoTime,
            Predicate<Interlude> loops) {
        this.workManager = workManager;
        this.loader = loader;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.loops = loops;
    }

    /** A call of a bean. */
    interface Call {

        /**
         * Makes the call.
         *
         * @throws UnavailableException if no bean is free: the call is made again later
         */
        void run() throws UnavailableException;

        /** Is told instead, if the call could not be made in time. */
        void giveUp();
    }

    /** A thread of the container, for as long as there is something to do, within bounds. */
    private final class Worker implements Work {

        @Override
        public void run() {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                Entry next = arrived();
                for (int turn = 1; next != null; turn++) {
                    schedule();
                    next = make(next, turn < TURNS);
                }
            } finally {
                thread.setContextClassLoader(before);
                ThreadTraces.remove();
                schedule();
            }
        }

        @Override
        public void release() {
            // A delivery is bounded by its transaction's time-out, not by interrupting it.
        }
    }

    /** The thread of an event loop, while waking another one would take longer than the calls. */
    private final class Turn implements Interlude {

        @Override
        public void run() {
            try {
                Entry next = take();
                for (int made = 1; next != null; made++) {
                    next = make(next, made < FEW);
                }
            } finally {
                schedule();
            }
        }

        @Override
        public void late() {
            schedule();
        }
    }

    /** Adds a call, which is made or given up before the wait is over. */
    void submit(Call call, Duration wait) {
        boolean refused;
        boolean soon = false;
        synchronized (this) {
            refused = closed;
            if (!refused) {
                waiting.add(new Entry(call, nanoTime.getAsLong() + wait.toNanos()));
                soon = times.areSoonMade(waiting.size());
            }
        }
        if (refused) {
            call.giveUp();
        } else if (!soon || !loops.test(turn)) {
            schedule();
        }
    }

    /** Gives up what has waited too long, and tries again what found no bean. To be called about once a second. */
    void sweep() {
        List<Entry> overdue;
        synchronized (this) {
            overdue = waiting.removeOverdue(nanoTime.getAsLong());
            waiting.tryAllAgain();
        }
        overdue.forEach(entry -> entry.call().giveUp());
        schedule();
    }

    /** Gives up all that waits, and waits for what is under way. {@return whether all of that ended in time} */
    boolean close(Duration patience) throws InterruptedException {
        List<Entry> left;
        synchronized (this) {
            closed = true;
            left = waiting.removeAll();
        }
        left.forEach(entry -> entry.call().giveUp());
        long end = nanoTime.getAsLong() + patience.toNanos();
        synchronized (this) {
            long millis = patience.toMillis();
            while (running > 0 && millis > 0) {
                wait(millis);
                millis = (end - nanoTime.getAsLong()) / 1_000_000;
            }
            return running == 0;
        }
    }

    /** {@return how many calls wait for a thread or a bean} */
    synchronized int waiting() {
        return waiting.sizeWithThoseWithoutBean();
    }

    /** {@return how many calls are being made} */
    synchronized int running() {
        return running;
    }

    private void schedule() {
        while (needsThread()) {
            try {
                // Never startWork or doWork: those wait for a thread, and this may be an event loop.
                workManager.scheduleWork(new Worker());
            } catch (WorkException | RuntimeException e) {
                // What waits goes on waiting: for threads at work, or until one is asked for again.
                LOG.log(System.Logger.Level.WARNING, "The container takes no work at present: " + e);
            }
        }
    }

    /** {@return whether one more is to be asked for; it counts as asked for then} */
    private synchronized boolean needsThread() {
        if (waiting.isEmpty() || running >= limit.getAsInt()) {
            return false;
        }
        long now = nanoTime.getAsLong();
        if (asked && now - askedAt < LOST || isSoonTaken(now)) {
            return false;
        }
        asked = true;
        askedAt = now;
        return true;
    }

    /**
     * Whether the thread that has the latest call will come to what waits before another one could. Those that have had theirs for
     * longer may be stuck.
     */
    private boolean isSoonTaken(long now) {
        return latest != null && times.areSoonMade(waiting.size()) && CallTimes.isSoon(now - takenAt);
    }

    /** A thread has come. {@return what it is to do; null for nothing} */
    private synchronized Entry arrived() {
        asked = false;
        return take();
    }

    private synchronized Entry take() {
        if (running >= limit.getAsInt()) {
            return null;
        }
        Entry taken = waiting.poll();
        if (taken != null) {
            running++;
            latest = taken;
            takenAt = nanoTime.getAsLong();
        }
        return taken;
    }

    /** Makes a call. {@return the next, if there is to be another; null for none} */
    private Entry make(Entry entry, boolean another) {
        long begun = nanoTime.getAsLong();
        boolean made = false;
        boolean kept = false;
        Entry next = null;
        try {
            entry.call().run();
            made = true;
        } catch (UnavailableException e) {
            kept = keep(entry);
        } finally {
            next = ended(entry, made, another && (made || kept), nanoTime.getAsLong() - begun);
            if (!made && !kept) {
                entry.call().giveUp();
            }
        }
        return next;
    }

    /** No bean was free: the call waits for another one to end, or for the next sweep. {@return false after the end} */
    private synchronized boolean keep(Entry entry) {
        if (!closed) {
            waiting.addWithoutBean(entry);
        }
        return !closed;
    }

    private synchronized Entry ended(Entry entry, boolean made, boolean another, long took) {
        running--;
        if (closed) {
            notifyAll();
        }
        if (latest == entry) {
            latest = null;
        }
        if (made) {
            times.took(took);
            // The bean that is free now may be the one that it needs.
            waiting.tryFirstAgain();
        }
        return another ? take() : null;
    }
}
