package org.postern.tls;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.postern.certificate.Entry;

/**
 * The certificates that are active towards those who send to us, and which of them suit a client. Immutable.
 *
 * <p>What has the name asked for comes first, by its very name before by a wildcard; what is valid comes before what is not;
 * then the default. Among equals it is the default, then an elliptic curve, whose signatures cost a fifth, then the one whose
 * validity began last. A name that none has is no obstacle: there is never an alert {@code unrecognized_name} (RFC 6066 section
 * 3 leaves it to the server), as most senders do not look at names.
 */
final class ServerCertificates {

    private final List<Entry> all;
    private final List<Entry> withoutName;
    private final Map<String, List<Entry>> byName = new HashMap<>();
    private final Map<String, List<Entry>> byParent = new HashMap<>();
    private final Clock clock;

    /**
     * Orders them.
     *
     * @param active at least one, the default first
     * @param clock tells which are valid
     */
    ServerCertificates(List<Entry> active, Clock clock) {
        this.all = List.copyOf(active);
        this.clock = clock;
        Entry first = all.get(0);
        List<Entry> ordered = new ArrayList<>(all);
        ordered.sort(Comparator.comparing((Entry entry) -> entry != first)
                .thenComparing(entry -> !algorithm(entry).equals("EC"))
                .thenComparing(entry -> entry.certificate().getNotBefore(), Comparator.reverseOrder()));
        ordered.forEach(this::index);
        this.withoutName = new ArrayList<>(ordered);
        Set<String> names = new HashSet<>(PeerName.dnsNames(first.certificate()));
        // A companion of the default stands in for it before one that is for other names does.
        withoutName.sort(Comparator.comparing((Entry entry) -> entry != first)
                .thenComparing(
                        entry -> PeerName.dnsNames(entry.certificate()).stream().noneMatch(names::contains)));
    }

    /** {@return all of them, the default first} */
    List<Entry> all() {
        return all;
    }

    /** {@return whether one has a key of this algorithm, {@code EC} or {@code RSA}} */
    boolean has(String algorithm) {
        return all.stream().anyMatch(entry -> algorithm(entry).equals(algorithm));
    }

    /**
     * Chooses for a client.
     *
     * @param name what it asks for, or empty text
     * @return at most one for each algorithm of keys, the best first; which of them can be shown is a matter of the algorithms
     *     that the client accepts
     */
    List<Entry> candidates(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<Entry> exact = byName.getOrDefault(wanted, List.of());
        List<Entry> wildcard = byParent.getOrDefault(wanted.substring(Math.max(wanted.indexOf('.'), 0)), List.of());
        var best = new LinkedHashMap<String, Entry>();
        for (List<Entry> group : List.of(exact, wildcard)) {
            collect(group, true, best);
        }
        for (List<Entry> group : List.of(exact, wildcard)) {
            collect(group, false, best);
        }
        collect(withoutName, true, best);
        collect(withoutName, false, best);
        return List.copyOf(best.values());
    }

    static String algorithm(Entry entry) {
        return entry.certificate().getPublicKey().getAlgorithm();
    }

    private void collect(List<Entry> group, boolean valid, Map<String, Entry> best) {
        for (Entry entry : group) {
            if (isValid(entry.certificate()) == valid) {
                best.putIfAbsent(algorithm(entry), entry);
            }
        }
    }

    private boolean isValid(X509Certificate certificate) {
        long now = clock.millis();
        return now >= certificate.getNotBefore().getTime()
                && now <= certificate.getNotAfter().getTime();
    }

    private void index(Entry entry) {
        for (String name : PeerName.dnsNames(entry.certificate())) {
            boolean wildcard = name.startsWith("*.");
            Map<String, List<Entry>> index = wildcard ? byParent : byName;
            index.computeIfAbsent(wildcard ? name.substring(1) : name, key -> new ArrayList<>())
                    .add(entry);
        }
    }
}
