package org.postern.dns;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Answers that still hold. Those used longest ago go when there are too many.
 *
 * @param <T> what an answer is
 */
final class AnswerCache<T> {

    /** A longer time to live is a slip of the pen, or somebody's wish to be remembered after he has lost the domain. */
    static final Duration LONGEST = Duration.ofDays(1);

    private final int capacity;
    private final LongSupplier nanoTime;
    private final Map<String, Kept<T>> kept = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Makes an empty one.
     *
     * @param capacity how many answers are kept
     * @param nanoTime tells the time
     */
    AnswerCache(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
    }

    private record Kept<T>(T answer, long end) {}

    synchronized Optional<T> find(String question) {
        Kept<T> found = kept.get(question);
        if (found == null) {
            return Optional.empty();
        }
        if (found.end - nanoTime.getAsLong() <= 0) {
            kept.remove(question);
            return Optional.empty();
        }
        return Optional.of(found.answer);
    }

    synchronized void keep(String question, T answer, Duration timeToLive) {
        if (timeToLive.isZero() || timeToLive.isNegative()) {
            return;
        }
        Duration bounded = timeToLive.compareTo(LONGEST) > 0 ? LONGEST : timeToLive;
        kept.put(question, new Kept<>(answer, nanoTime.getAsLong() + bounded.toNanos()));
        if (kept.size() > capacity) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    synchronized void clear() {
        kept.clear();
    }

    synchronized int size() {
        return kept.size();
    }
}
