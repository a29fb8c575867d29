package org.postern.outbound;

import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.tls.PeerTable;
import org.postern.tls.Policy;

/** Counts what the client does, from the start of the adapter or the last reset. */
public final class OutboundStatistics {

    /** More policies or suites than these are counted together. */
    private static final int MOST_KEYS = 1_000;

    private static final String OTHERS = "others";

    private final LongAdder clearConnections = new LongAdder();
    private final LongAdder tlsConnections = new LongAdder();
    private final LongAdder clearRetries = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder notDelivered = new LongAdder();
    private final Map<TlsFailure, LongAdder> tlsFailures = new EnumMap<>(TlsFailure.class);
    private final Map<String, LongAdder> results = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> byPolicy = new ConcurrentHashMap<>();
    private final List<Consumer<DeliveryNews>> observers = new CopyOnWriteArrayList<>();
    private final PeerTable peers;
    private final Stops stops;

    /** Makes counters that stand at zero. */
    public OutboundStatistics() {
        this(new PeerTable(Clock.systemUTC()), System::nanoTime);
    }

    /**
     * Makes counters that stand at zero.
     *
     * @param peers counts by domain
     * @param nanoTime tells when an administrator is told again
     */
    public OutboundStatistics(PeerTable peers, LongSupplier nanoTime) {
        this.peers = peers;
        this.stops = new Stops(nanoTime);
        for (TlsFailure failure : TlsFailure.values()) {
            tlsFailures.put(failure, new LongAdder());
        }
    }

    /** {@return connections that were made and are ready, without TLS} */
    public long clearConnections() {
        return clearConnections.sum();
    }

    /** {@return connections that were made and are ready, with TLS} */
    public long tlsConnections() {
        return tlsConnections.sum();
    }

    /** {@return servers tried again in clear after a failed handshake, as the level ATTEMPT allows} */
    public long clearRetries() {
        return clearRetries.sum();
    }

    /** {@return messages that a server took, for one recipient or more} */
    public long delivered() {
        return delivered.sum();
    }

    /** {@return messages that no server took} */
    public long notDelivered() {
        return notDelivered.sum();
    }

    /** {@return how often TLS failed for a reason, with or without a retry in clear} */
    public long tlsFailures(TlsFailure reason) {
        return tlsFailures.get(reason).sum();
    }

    /** {@return counts by the level asked and the result had, by version and by suite} */
    public Map<String, Long> results() {
        return sums(results);
    }

    /** {@return counts of what happened under a policy: connections, failures, and failures it would have made} */
    public Map<String, Long> ofPolicy(String domain) {
        Map<String, Long> found = new TreeMap<>();
        String prefix = domain + " ";
        sums(byPolicy).forEach((key, count) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), count);
            }
        });
        return found;
    }

    /** {@return domains that nothing is delivered to now, as a demand on TLS is not met there or a client certificate is lost} */
    public String[] stoppedDomains() {
        return stops.domains();
    }

    /** Adds somebody who is told when delivery to a domain is stopped, and when that heals. */
    public void observe(Consumer<DeliveryNews> observer) {
        observers.add(observer);
    }

    /** Puts all counters to zero. */
    public void reset() {
        List.of(clearConnections, tlsConnections, clearRetries, delivered, notDelivered)
                .forEach(LongAdder::reset);
        tlsFailures.values().forEach(LongAdder::reset);
        results.clear();
        byPolicy.clear();
    }

    void connected(Terms terms, Optional<TlsSession> tls) {
        (tls.isPresent() ? tlsConnections : clearConnections).increment();
        String had = tls.map(session -> session.isVerified() ? "verified" : "encrypted")
                .orElse("clear");
        count(results, terms.level() + " " + had);
        tls.ifPresent(session -> {
            count(results, session.protocol());
            count(results, session.cipherSuite());
        });
        terms.decision().policy().ifPresent(policy -> count(byPolicy, policy.domain() + " connections"));
        peers.session(PeerTable.Kind.TO, domain(terms), tls);
    }

    void retriedInClear() {
        clearRetries.increment();
    }

    void sent(NextHop nextHop, boolean taken) {
        (taken ? delivered : notDelivered).increment();
        if (taken) {
            stops.delivered(domain(nextHop), this::tell);
        }
    }

    /** A message was kept back. */
    void keptBack(NextHop nextHop, MailDeliveryException failure) {
        Optional<String> reason = failure instanceof CertificateMissing
                ? Optional.of(CertificateMissing.REASON)
                : failure.tlsFailure().map(TlsFailure::name);
        reason.ifPresent(why -> stops.stopped(domain(nextHop), why, failure.getMessage(), this::tell));
    }

    void tlsFailed(Terms terms, TlsFailure reason) {
        tlsFailures.get(reason).increment();
        peers.failure(PeerTable.Kind.TO, domain(terms), reason);
        terms.decision().policy().ifPresent(policy -> count(byPolicy, policy.domain() + " failures"));
    }

    /** A policy that only watches would have stopped a session. */
    void wouldHaveFailed(Policy monitored, TlsFailure reason) {
        count(byPolicy, monitored.domain() + " would-fail " + reason);
    }

    private void tell(DeliveryNews news) {
        observers.forEach(observer -> observer.accept(news));
    }

    private static String domain(Terms terms) {
        return domain(terms.nextHop());
    }

    private static String domain(NextHop nextHop) {
        return nextHop.domain().isEmpty() ? nextHop.host() : nextHop.domain();
    }

    private static void count(Map<String, LongAdder> counters, String key) {
        boolean hasRoom = counters.size() < MOST_KEYS || counters.containsKey(key);
        counters.computeIfAbsent(hasRoom ? key : OTHERS, any -> new LongAdder()).increment();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counters) {
        Map<String, Long> sums = new TreeMap<>();
        counters.forEach((key, counter) -> sums.put(key, counter.sum()));
        return sums;
    }
}
