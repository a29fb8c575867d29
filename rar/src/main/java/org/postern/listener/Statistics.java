package org.postern.listener;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the listener has counted since its start, or since {@link #reset}. */
public final class Statistics {

    private final Map<Figure, LongAdder> figures = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> tlsSessions = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> tlsFailures = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> tlsAlerts = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> refusals = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> limits = new ConcurrentHashMap<>();

    /** What is counted one by one. */
    public enum Figure {
        /** Connections taken. */
        SESSIONS,
        /** Sessions that ended without TLS. */
        CLEAR_SESSIONS,
        /** Messages answered 250. */
        MESSAGES_ACCEPTED,
        /** Messages answered with anything else after their content had come. */
        MESSAGES_REFUSED,
        /** Octets of messages answered 250. */
        OCTETS_ACCEPTED,
        /** Recipients refused at RCPT. */
        RECIPIENTS_REFUSED
    }

    /** Makes one with all figures at zero. */
    public Statistics() {
        for (Figure figure : Figure.values()) {
            figures.put(figure, new LongAdder());
        }
    }

    void count(Figure figure) {
        add(figure, 1);
    }

    void add(Figure figure, long amount) {
        figures.get(figure).add(amount);
    }

    void countTls(String protocol) {
        tlsSessions.computeIfAbsent(protocol, p -> new LongAdder()).increment();
    }

    void countTlsFailure(String reason) {
        tlsFailures.computeIfAbsent(reason, r -> new LongAdder()).increment();
    }

    void countTlsAlert(String name) {
        tlsAlerts.computeIfAbsent(name, n -> new LongAdder()).increment();
    }

    void countRefusal(int code) {
        refusals.computeIfAbsent(code, c -> new LongAdder()).increment();
    }

    void countLimit(String limit) {
        limits.computeIfAbsent(limit, l -> new LongAdder()).increment();
    }

    /** {@return one figure} */
    public long get(Figure figure) {
        return figures.get(figure).sum();
    }

    /** {@return sessions over TLS by protocol version} */
    public Map<String, Long> tlsSessions() {
        return sums(tlsSessions);
    }

    /** {@return failed TLS handshakes by reason} */
    public Map<String, Long> tlsFailures() {
        return sums(tlsFailures);
    }

    /** {@return TLS alerts with which peers ended TLS, by their names} */
    public Map<String, Long> tlsAlerts() {
        return sums(tlsAlerts);
    }

    /** {@return replies that refused a recipient or a message, by code} */
    public Map<Integer, Long> refusals() {
        return sums(refusals);
    }

    /** {@return how often a limit was reached, by its setting} */
    public Map<String, Long> limits() {
        return sums(limits);
    }

    /** Sets all figures to zero. */
    public void reset() {
        figures.values().forEach(LongAdder::reset);
        tlsSessions.clear();
        tlsFailures.clear();
        tlsAlerts.clear();
        refusals.clear();
        limits.clear();
    }

    private static <K extends Comparable<K>> Map<K, Long> sums(Map<K, LongAdder> counted) {
        Map<K, Long> sums = new TreeMap<>();
        counted.forEach((key, adder) -> sums.put(key, adder.sum()));
        return sums;
    }
}
