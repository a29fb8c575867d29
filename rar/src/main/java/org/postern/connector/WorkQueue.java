package org.postern.connector;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.postern.network.ThreadTraces;

/**
 * Calls of beans, a bounded number of them at once. What is more waits in the order of arrival, and so does a call for which the
 * container has no bean or thread free; after a bounded time it is given up. Nothing here blocks a caller.
 */
final class WorkQueue {

    private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());

    private final WorkManager workManager;
    private final ClassLoader loader;
    private final IntSupplier limit;
    private final LongSupplier nanoTime;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Deque<Entry> scheduled = new ArrayDeque<>();
    private int running;
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

    private final class Entry implements Work {

        private final Call call;
        private final long deadline;

        Entry(Call call, long deadline) {
            this.call = call;
            this.deadline = deadline;
        }

        @Override
        public void run() {
            if (!claim(this)) {
                return;
            }
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            boolean made = false;
            boolean kept = false;
            try {
                call.run();
                made = true;
            } catch (UnavailableException e) {
                kept = putBack(this);
            } finally {
                thread.setContextClassLoader(before);
                ended();
                if (!made && !kept) {
                    call.giveUp();
                }
                if (!kept) {
                    // A call that found no bean is tried when another one ends: at once would only turn in circles.
                    schedule();
                }
                ThreadTraces.remove();
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
            moveOverdue(scheduled, now, overdue);
        }
        overdue.forEach(entry -> entry.call.giveUp());
        schedule();
    }

    /** Gives up all that waits, and waits for what is under way. {@return whether all of that ended in time} */
    boolean close(Duration patience) throws InterruptedException {
        Deque<Entry> left;
        synchronized (this) {
            closed = true;
            left = new ArrayDeque<>(waiting);
            left.addAll(scheduled);
            waiting.clear();
            scheduled.clear();
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
        return waiting.size() + scheduled.size();
    }

    /** {@return how many calls are being made} */
    synchronized int running() {
        return running;
    }

    private void schedule() {
        Entry next = next();
        while (next != null) {
            try {
                // Never startWork or doWork: those wait for a thread, and this may be an event loop.
                workManager.scheduleWork(next);
            } catch (WorkException e) {
                LOG.log(System.Logger.Level.WARNING, "The container takes no work at present: " + e.getMessage());
                if (unschedule(next)) {
                    next.call.giveUp();
                }
            }
            next = next();
        }
    }

    private synchronized Entry next() {
        if (waiting.isEmpty() || running + scheduled.size() >= limit.getAsInt()) {
            return null;
        }
        Entry next = waiting.poll();
        scheduled.add(next);
        return next;
    }

    /** From here on the entry is under way; false if it was given up in the meantime. */
    private synchronized boolean claim(Entry entry) {
        boolean claimed = scheduled.remove(entry);
        if (claimed) {
            running++;
        }
        return claimed;
    }

    private synchronized boolean unschedule(Entry entry) {
        return scheduled.remove(entry);
    }

    /** No bean was free: the call waits for another one to end, or for the next sweep. {@return false after the end} */
    private synchronized boolean putBack(Entry entry) {
        if (!closed) {
            waiting.addFirst(entry);
        }
        return !closed;
    }

    private synchronized void ended() {
        running--;
        notifyAll();
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
