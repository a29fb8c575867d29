package org.postern.connector;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.postern.network.ThreadTraces;

/**
 * Calls of beans, a bounded number of them at once. What is more waits in the order of arrival, and so does a call for which the
 * container has no bean or thread free; after a bounded time it is given up. Nothing here blocks a caller.
 *
 * <p>A thread goes on with what waits, and another is asked for only where calls would wait for longer than it takes to wake one:
 * short calls follow one another on few threads, while slow ones have a thread each.
 */
final class WorkQueue {

    private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());

    /** How long a call may wait for threads at work, in nanoseconds; it is not much more than what waking another takes. */
    private static final long SOON = TimeUnit.MICROSECONDS.toNanos(200);

    /** After so long another thread is asked for, as the container may have lost the Work, or had none to give. */
    private static final long LOST = TimeUnit.SECONDS.toNanos(1);

    /** How many calls a thread makes before the container has it back for others. */
    private static final int TURNS = 64;

    /** How much of what is usual the last call makes. */
    private static final int SHARE = 16;

    private final WorkManager workManager;
    private final ClassLoader loader;
    private final IntSupplier limit;
    private final LongSupplier nanoTime;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Deque<Entry> withoutBean = new ArrayDeque<>();
    private int running;
    private boolean asked;
    private long askedAt;
    private Entry latest;
    private long takenAt;
    private long usual = SOON + 1;
    private boolean closed;

    /**
     * Makes a queue.
     *
     * @param workManager gives threads
     * @param loader the context class loader of the calls
     * @param limit how many calls may be under way at once
     * @param nanoTime the time, as System.nanoTime gives it
     */
    WorkQueue(WorkManager workManager, ClassLoader loader, IntSupplier limit, LongSupplier nanoTime) {
        this.workManager = workManager;
        this.loader = loader;
        this.limit = limit;
        this.nanoTime = nanoTime;
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

    private record Entry(Call call, long deadline) {}

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

    /** Adds a call, which is made or given up before the wait is over. */
    void submit(Call call, Duration wait) {
        boolean refused;
        synchronized (this) {
            refused = closed;
            if (!refused) {
                waiting.add(new Entry(call, nanoTime.getAsLong() + wait.toNanos()));
            }
        }
        if (refused) {
            call.giveUp();
        } else {
            schedule();
        }
    }

    /** Gives up what has waited too long, and tries again what found no bean. To be called about once a second. */
    void sweep() {
        Deque<Entry> overdue = new ArrayDeque<>();
        synchronized (this) {
            long now = nanoTime.getAsLong();
            moveOverdue(waiting, now, overdue);
            moveOverdue(withoutBean, now, overdue);
            while (!withoutBean.isEmpty()) {
                waiting.addFirst(withoutBean.removeLast());
            }
        }
        overdue.forEach(entry -> entry.call.giveUp());
        schedule();
    }

    /** Gives up all that waits, and waits for what is under way. {@return whether all of that ended in time} */
    boolean close(Duration patience) throws InterruptedException {
        Deque<Entry> left;
        synchronized (this) {
            closed = true;
            left = new ArrayDeque<>(withoutBean);
            left.addAll(waiting);
            waiting.clear();
            withoutBean.clear();
        }
        left.forEach(entry -> entry.call.giveUp());
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
        return waiting.size() + withoutBean.size();
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
        return latest != null && waiting.size() * usual <= SOON && now - takenAt <= SOON;
    }

    /** A thread has come. {@return what it is to do; null for nothing} */
    private synchronized Entry arrived() {
        asked = false;
        return take();
    }

    private Entry take() {
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
            entry.call.run();
            made = true;
        } catch (UnavailableException e) {
            kept = keep(entry);
        } finally {
            next = ended(entry, made, another && (made || kept), nanoTime.getAsLong() - begun);
            if (!made && !kept) {
                entry.call.giveUp();
            }
        }
        return next;
    }

    /** No bean was free: the call waits for another one to end, or for the next sweep. {@return false after the end} */
    private synchronized boolean keep(Entry entry) {
        if (!closed) {
            withoutBean.add(entry);
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
            usual += (took - usual) / SHARE;
            Entry first = withoutBean.poll();
            if (first != null) {
                // The bean that is free now may be the one that it needs.
                waiting.addFirst(first);
            }
        }
        return another ? take() : null;
    }

    private static void moveOverdue(Deque<Entry> from, long now, Deque<Entry> to) {
        for (Iterator<Entry> entries = from.iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.deadline - now <= 0) {
                entries.remove();
                to.add(entry);
            }
        }
    }
}
