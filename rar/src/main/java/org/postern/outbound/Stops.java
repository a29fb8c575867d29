package org.postern.outbound;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Domains that nothing is delivered to, as a demand on TLS is not met there or a client certificate is lost. An administrator is told of each at once, then at
 * most once an hour with the number of messages since, and when it heals. Bounded: the oldest are forgotten.
 */
final class Stops {

    private static final Duration QUIET = Duration.ofHours(1);
    private static final int CAPACITY = 1_000;

    private final LongSupplier nanoTime;
    private final Map<String, Stop> stopped = new LinkedHashMap<>();

    Stops(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private static final class Stop {
        private long toldAt;
        private long since;
        private long all;
    }

    /** Who is told. */
    @FunctionalInterface
    interface Told {
        void tell(DeliveryNews news);
    }

    void stopped(String domain, String reason, String sentence, Told told) {
        DeliveryNews news = null;
        synchronized (this) {
            Stop stop = stopped.get(domain);
            long now = nanoTime.getAsLong();
            boolean isNew = stop == null;
            if (isNew) {
                stop = new Stop();
                stopped.put(domain, stop);
                if (stopped.size() > CAPACITY) {
                    stopped.remove(stopped.keySet().iterator().next());
                }
            }
            stop.since++;
            stop.all++;
            if (isNew || now - stop.toldAt >= QUIET.toNanos()) {
                news = new DeliveryNews(domain, false, reason, stop.since, sentence);
                stop.toldAt = now;
                stop.since = 0;
            }
        }
        if (news != null) {
            told.tell(news);
        }
    }

    void delivered(String domain, Told told) {
        Stop stop;
        synchronized (this) {
            stop = stopped.isEmpty() ? null : stopped.remove(domain);
        }
        if (stop != null) {
            told.tell(new DeliveryNews(domain, true, "", stop.all, "Mail to " + domain + " is delivered again."));
        }
    }

    synchronized String[] domains() {
        return stopped.keySet().toArray(String[]::new);
    }
}
