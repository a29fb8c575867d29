package org.postern.outbound;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Openings that were not greeted yet, by address, in order of arrival. A greeting may take minutes (RFC 5321 section
 * 4.5.3.2.1), and all who wait for a silent address for so long would hold all connections of a pool. So once the oldest has
 * waited for a limit, only it goes on: the others lose their places, and new ones are not to come.
 *
 * <p>An address that greets one of many is not silent. Those who came before that one are overtaken: their waiting says no more
 * of the address, but of themselves only. For those who came after it the time begins anew.
 */
public final class Openings {

    private final Supplier<Duration> limit;
    private final LongSupplier nanoTime;
    private final Map<InetSocketAddress, Set<Place>> waiting = new HashMap<>();

    /**
     * Makes one where nobody waits.
     *
     * @param limit tells how long an address may be silent before only one waits for it; zero: for ever
     * @param nanoTime tells the time
     */
    public Openings(Supplier<Duration> limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** {@return for how long an address has been silent; empty if that is within the limit} On any thread. */
    Optional<Duration> silence(InetSocketAddress address) {
        Duration most = limit.get();
        return Optional.of(waited(address, null)).filter(waited -> !most.isZero() && waited.compareTo(most) >= 0);
    }

    /** {@return a place among those who wait for an address} On the loop given, where all else with the place is done. */
    Place enter(InetSocketAddress address, EventLoop loop) {
        var place = new Place(address, loop, nanoTime.getAsLong());
        synchronized (this) {
            waiting.computeIfAbsent(address, any -> new LinkedHashSet<>()).add(place);
        }
        place.watch();
        return place;
    }

    /** {@return how long the oldest has waited that was not overtaken; zero if that is the one who asks, or nobody} */
    private synchronized Duration waited(InetSocketAddress address, Place asking) {
        return waiting.getOrDefault(address, Set.of()).stream()
                .filter(place -> !place.overtaken)
                .findFirst()
                .filter(oldest -> oldest != asking)
                .map(oldest -> Duration.ofNanos(nanoTime.getAsLong() - oldest.since))
                .orElse(Duration.ZERO);
    }

    private synchronized void remove(Place place) {
        waiting.computeIfPresent(place.address, (address, places) -> {
            places.remove(place);
            return places.isEmpty() ? null : places;
        });
    }

    private synchronized void greeted(Place greeted) {
        boolean overtaken = true;
        for (Place place : waiting.getOrDefault(greeted.address, Set.of())) {
            if (place == greeted) {
                overtaken = false;
            } else if (overtaken) {
                place.overtaken = true;
            } else {
                place.since = nanoTime.getAsLong();
            }
        }
        remove(greeted);
    }

    /** Where one opening waits. */
    final class Place {

        private final InetSocketAddress address;
        private final EventLoop loop;
        private long since;
        private boolean overtaken;
        private Runnable loss = () -> {};
        private Optional<Duration> lostTo = Optional.empty();
        private Future<?> check;

        private Place(InetSocketAddress address, EventLoop loop, long since) {
            this.address = address;
            this.loop = loop;
            this.since = since;
        }

        /** Says what is done when the place is lost. */
        void whenLost(Runnable action) {
            loss = action;
        }

        /** {@return for how long the address had been silent when the place was lost; empty if it was not} */
        Optional<Duration> lostTo() {
            return lostTo;
        }

        /** The server spoke. */
        void greeted() {
            Openings.this.greeted(this);
            stopWatching();
        }

        /** The opening ended without a greeting: the next is the oldest. */
        void leave() {
            remove(this);
            stopWatching();
        }

        /** Each looks after itself, as an opening is closed on its own event loop only. */
        private void watch() {
            Duration most = limit.get();
            if (!most.isZero()) {
                long rest = most.minus(waited(address, this)).toNanos();
                check = loop.schedule(this::check, Math.max(0, rest), TimeUnit.NANOSECONDS);
            }
        }

        private void check() {
            Duration waited = waited(address, this);
            Duration most = limit.get();
            if (most.isZero() || waited.compareTo(most) < 0) {
                watch();
                return;
            }
            leave();
            lostTo = Optional.of(waited);
            loss.run();
        }

        private void stopWatching() {
            if (check != null) {
                check.cancel(false);
            }
        }
    }
}
