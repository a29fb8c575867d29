package org.postern.listener;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Identifiers of messages and sessions: time, a counter and a number drawn at start, so unique for this gateway over restarts
 * too. Sixteen letters and digits, in the order of time; safe in file names and header fields.
 */
final class MessageIds {

    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 16;
    private static final int COUNTER_BITS = 20;
    private static final int RUN_BITS = 15;

    private final Clock clock;
    private final long run = new SecureRandom().nextInt(1 << RUN_BITS);
    private final AtomicInteger counter = new AtomicInteger();

    MessageIds(Clock clock) {
        this.clock = clock;
    }

    String next() {
        long count = counter.getAndIncrement() & (1 << COUNTER_BITS) - 1;
        // 45 bits of milliseconds last until the year 3084.
        char[] id = new char[LENGTH];
        put(id, 0, 9, clock.millis());
        put(id, 9, 4, count);
        put(id, 13, 3, run);
        return new String(id);
    }

    private static void put(char[] id, int from, int digits, long value) {
        long rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            id[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }
}
