package org.postern.connector;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Calls that wait, in the order of arrival: for a thread, or aside from those for a bean. Its user guards it. */
final class WaitingCalls {

    private final Deque<Entry> forThread = new ArrayDeque<>();
    private final Deque<Entry> forBean = new ArrayDeque<>();

    /** A call, and until when it may be made, as System.nanoTime gives it. */
    record Entry(WorkQueue.Call call, long deadline) {}

    void add(Entry entry) {
        forThread.add(entry);
    }

    /** Adds one for which no bean was free. */
    void addWithoutBean(Entry entry) {
        forBean.add(entry);
    }

    /** {@return the next to be made, which waits no longer; null for none} */
    Entry poll() {
        return forThread.poll();
    }

    /** The first of those that no bean was free for is the next to be made. */
    void tryFirstAgain() {
        Entry first = forBean.poll();
        if (first != null) {
            forThread.addFirst(first);
        }
    }

    /** Those that no bean was free for are the next to be made. */
    void tryAllAgain() {
        while (!forBean.isEmpty()) {
            forThread.addFirst(forBean.removeLast());
        }
    }

    List<Entry> removeOverdue(long now) {
        List<Entry> overdue = new ArrayList<>();
        moveOverdue(forThread, now, overdue);
        moveOverdue(forBean, now, overdue);
        return overdue;
    }

    List<Entry> removeAll() {
        List<Entry> all = new ArrayList<>(forBean);
        all.addAll(forThread);
        forBean.clear();
        forThread.clear();
        return all;
    }

    boolean isEmpty() {
        return forThread.isEmpty();
    }

    /** {@return how many wait for a thread} */
    int size() {
        return forThread.size();
    }

    int sizeWithThoseWithoutBean() {
        return forThread.size() + forBean.size();
    }

    private static void moveOverdue(Deque<Entry> from, long now, List<Entry> to) {
        for (Iterator<Entry> entries = from.iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            if (entry.deadline - now <= 0) {
                entries.remove();
                to.add(entry);
            }
        }
    }
}
