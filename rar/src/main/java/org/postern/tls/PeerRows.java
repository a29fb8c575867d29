package org.postern.tls;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.postern.TlsFailure;
import org.postern.TlsSession;

/** Rows of one kind of peer, the one heard of longest ago first. Where there are too many, that one is forgotten. */
final class PeerRows {

    private final int capacity;
    private final Map<String, Row> rows = new LinkedHashMap<>(16, 0.75f, true);

    PeerRows(int capacity) {
        this.capacity = capacity;
    }

    private static final class Row {
        private long clear;
        private long encrypted;
        private long verified;
        private final Map<String, Long> protocols = new TreeMap<>();
        private final Map<TlsSession.Verification, Long> results = new EnumMap<>(TlsSession.Verification.class);
        private final Map<TlsFailure, Long> failures = new EnumMap<>(TlsFailure.class);
        private Instant at = Instant.EPOCH;
        private String last = "";
    }

    synchronized void session(String peer, Optional<TlsSession> tls, Instant now) {
        Row row = row(peer, now);
        if (tls.isEmpty()) {
            row.clear++;
            row.last = "in clear";
            return;
        }
        TlsSession session = tls.get();
        row.encrypted++;
        row.verified += session.isVerified() ? 1 : 0;
        row.protocols.merge(session.protocol(), 1L, Long::sum);
        row.results.merge(session.verification(), 1L, Long::sum);
        row.last = session.protocol() + " " + session.cipherSuite() + (session.isVerified() ? ", verified" : "");
    }

    synchronized void failure(String peer, TlsFailure reason, Instant now) {
        Row row = row(peer, now);
        row.failures.merge(reason, 1L, Long::sum);
        row.last = reason.name();
    }

    /** {@return a line for each, the latest first} */
    synchronized List<String> lines(String label) {
        List<String> lines = new ArrayList<>(rows.size());
        rows.forEach((peer, row) -> lines.add(label + " " + peer + ": " + line(row)));
        Collections.reverse(lines);
        return lines;
    }

    synchronized int size() {
        return rows.size();
    }

    private Row row(String peer, Instant now) {
        Row row = rows.computeIfAbsent(peer, key -> new Row());
        row.at = now;
        if (rows.size() > capacity) {
            rows.remove(rows.keySet().iterator().next());
        }
        return row;
    }

    private static String line(Row row) {
        return row.clear + " in clear, " + row.encrypted + " with TLS, " + row.verified + " verified"
                + (row.encrypted == 0 ? "" : ", versions " + row.protocols + ", results " + row.results)
                + (row.failures.isEmpty() ? "" : ", failures " + row.failures) + "; last " + row.at + " " + row.last;
    }
}
