package org.postern.certificate;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long before a certificate's end somebody is told: 30, 14, 7 and 1 days, and at its end. For one that is valid for less
 * than 90 days the first is a third of that time.
 *
 * @param times from the longest to zero
 */
record Thresholds(List<Duration> times) {

    private static final List<Duration> USUAL =
            List.of(Duration.ofDays(30), Duration.ofDays(14), Duration.ofDays(7), Duration.ofDays(1), Duration.ZERO);
    private static final Duration SHORT = Duration.ofDays(90);

    static Thresholds of(X509Certificate certificate) {
        Duration lifetime = Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
        if (lifetime.compareTo(SHORT) >= 0) {
            return new Thresholds(USUAL);
        }
        Duration first = lifetime.dividedBy(3);
        var times = new ArrayList<Duration>();
        times.add(first);
        USUAL.stream().filter(time -> time.compareTo(first) < 0).forEach(times::add);
        return new Thresholds(List.copyOf(times));
    }

    /** {@return the one that comes first, the longest before the end} */
    Duration first() {
        return times.get(0);
    }

    /** {@return the last one that has been passed when this much time is left; empty for none} */
    Optional<Duration> passed(Duration left) {
        return times.stream().filter(time -> left.compareTo(time) <= 0).reduce((one, later) -> later);
    }
}
