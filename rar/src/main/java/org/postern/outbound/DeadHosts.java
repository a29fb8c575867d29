package org.postern.outbound;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Addresses that gave no connection or no greeting. They are passed over for a pause that doubles each time, and then tried
 * again: by one, while the others go on passing them over, as all who wait for a dead host would hold all connections of a pool.
 * The memory is bounded: those that failed longest ago are forgotten first.
 */
public final class DeadHosts {

    private static final int CAPACITY = 10_000;
    private static final int MOST_DOUBLINGS = 30;

    private final Supplier<Pauses> pauses;
    private final LongSupplier nanoTime;
    private final Map<InetSocketAddress, Dead> dead = new LinkedHashMap<>();

    /**
     * Makes an empty memory.
     *
     * @param pauses tells how long addresses are passed over
     * @param nanoTime tells the time
     */
    public DeadHosts(Supplier<Pauses> pauses, LongSupplier nanoTime) {
        this.pauses = pauses;
        this.nanoTime = nanoTime;
    }

    /**
     * How long an address is passed over.
     *
     * @param first after its first failure; zero: never
     * @param longest at most
     */
    public record Pauses(Duration first, Duration longest) {}

    /** On trial, somebody tries the address, and the others do so at the end of another pause only. */
    private record Dead(int failures, long until, boolean onTrial) {}

    /**
     * Whether an address may be tried.
     *
     * @param pause how long it is still passed over; empty if it may be tried
     * @param isTrial whether this is the one try after a pause, which the others leave to whoever asked
     */
    record Admission(Optional<Duration> pause, boolean isTrial) {}

    /** Admits somebody to an address, or not. After a pause he who asks first has the trial, and is to try the address. */
    synchronized Admission admit(InetSocketAddress address) {
        Dead found = dead.get(address);
        if (found == null) {
            return new Admission(Optional.empty(), false);
        }
        long left = found.until - nanoTime.getAsLong();
        if (left > 0) {
            return new Admission(Optional.of(Duration.ofNanos(left)), false);
        }
        dead.put(address, new Dead(found.failures, end(found.failures), true));
        return new Admission(Optional.empty(), true);
    }

    /** Gives a trial back that told nothing of the address: the next who asks has it. */
    synchronized void giveBack(InetSocketAddress address) {
        Dead found = dead.get(address);
        if (found != null && found.onTrial) {
            dead.put(address, new Dead(found.failures, nanoTime.getAsLong(), false));
        }
    }

    /** Of many who tried at the same time, the first who fails is enough: it is one failure. */
    synchronized void failed(InetSocketAddress address) {
        if (pauses.get().first().isZero()) {
            return;
        }
        Dead before = dead.get(address);
        if (before != null && !before.onTrial && before.until - nanoTime.getAsLong() > 0) {
            return;
        }
        int failures = before == null ? 1 : before.failures + 1;
        dead.remove(address);
        dead.put(address, new Dead(failures, end(failures), false));
        if (dead.size() > CAPACITY) {
            dead.remove(dead.keySet().iterator().next());
        }
    }

    /** {@return when a pause ends that begins now, after so many failures in a row} */
    private long end(int failures) {
        Pauses now = pauses.get();
        long longest = now.longest().toNanos();
        long nanos = now.first().toNanos();
        for (int i = 1; i < Math.min(failures, MOST_DOUBLINGS) && nanos < longest; i++) {
            nanos *= 2;
        }
        return nanoTime.getAsLong() + Math.min(nanos, longest);
    }

    synchronized void alive(InetSocketAddress address) {
        dead.remove(address);
    }

    /** Forgets all: an administrator knows that something was mended. */
    public synchronized void clear() {
        dead.clear();
    }

    /** {@return how many addresses are passed over or on trial} */
    public synchronized int size() {
        return dead.size();
    }
}
