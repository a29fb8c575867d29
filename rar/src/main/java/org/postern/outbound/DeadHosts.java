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
 * again. The memory is bounded: those that failed longest ago are forgotten first.
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

    private record Dead(int failures, long until) {}

    /** {@return how long an address is still passed over; empty if it may be tried} */
    synchronized Optional<Duration> pause(InetSocketAddress address) {
        return Optional.ofNullable(dead.get(address))
                .map(found -> Duration.ofNanos(found.until - nanoTime.getAsLong()))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    synchronized void failed(InetSocketAddress address) {
        Pauses now = pauses.get();
        if (now.first().isZero()) {
            return;
        }
        Dead before = dead.remove(address);
        int failures = before == null ? 1 : before.failures + 1;
        long nanos = now.first().toNanos();
        for (int i = 1;
                i < Math.min(failures, MOST_DOUBLINGS) && nanos < now.longest().toNanos();
                i++) {
            nanos *= 2;
        }
        nanos = Math.min(nanos, now.longest().toNanos());
        dead.put(address, new Dead(failures, nanoTime.getAsLong() + nanos));
        if (dead.size() > CAPACITY) {
            dead.remove(dead.keySet().iterator().next());
        }
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
