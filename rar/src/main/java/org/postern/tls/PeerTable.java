package org.postern.tls;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postern.TlsFailure;
import org.postern.TlsSession;

/** What TLS was had with each peer domain lately. Bounded: those heard of longest ago are forgotten. */
public final class PeerTable {

    /** How many domains are kept, of both roles together. */
    public static final int CAPACITY = 1_000;

    private final Clock clock;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Makes an empty one.
     *
     * @param clock tells the time
     */
    public PeerTable(Clock clock) {
        this.clock = clock;
    }

    /** Which side the peer was on. */
    public enum Side {
        /** It sent to us. */
        FROM,
        /** We sent to it. */
        TO
    }

    private record Key(Side side, String domain) {}

    private static final class Entry {
        private long clear;
        private long encrypted;
        private long verified;
        private String last = "";
        private Instant at = Instant.EPOCH;
        private final Map<TlsFailure, Long> failures = new EnumMap<>(TlsFailure.class);
    }

    /** Counts a session; empty for one in clear. */
    public synchronized void session(Side side, String domain, Optional<TlsSession> tls) {
        Entry entry = entry(side, domain);
        if (tls.isEmpty()) {
            entry.clear++;
            entry.last = "in clear";
        } else {
            entry.encrypted++;
            entry.verified += tls.get().isVerified() ? 1 : 0;
            entry.last = tls.get().protocol() + " " + tls.get().cipherSuite()
                    + (tls.get().isVerified() ? ", verified" : "");
        }
    }

    /** Counts a demand that was not met. */
    public synchronized void failure(Side side, String domain, TlsFailure reason) {
        Entry entry = entry(side, domain);
        entry.failures.merge(reason, 1L, Long::sum);
        entry.last = reason.name();
    }

    /** {@return a line for each domain, the latest first} */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        entries.forEach((key, entry) -> lines.add(line(key, entry)));
        Collections.reverse(lines);
        return lines;
    }

    /** {@return how many domains there are} */
    public synchronized int size() {
        return entries.size();
    }

    /** Forgets all. */
    public synchronized void clear() {
        entries.clear();
    }

    private Entry entry(Side side, String domain) {
        Entry entry = entries.computeIfAbsent(new Key(side, domain), key -> new Entry());
        entry.at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (entries.size() > CAPACITY) {
            entries.remove(entries.keySet().iterator().next());
        }
        return entry;
    }

    private static String line(Key key, Entry entry) {
        return key.side.name().toLowerCase(java.util.Locale.ROOT) + " " + key.domain + ": " + entry.clear
                + " in clear, "
                + entry.encrypted + " with TLS, " + entry.verified + " verified"
                + (entry.failures.isEmpty() ? "" : ", failures " + entry.failures) + "; last " + entry.at + " "
                + entry.last;
    }
}
