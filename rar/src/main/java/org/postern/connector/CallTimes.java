package org.postern.connector;

import java.util.concurrent.TimeUnit;

/** How long calls of beans usually take, and whether waking another thread for them would take longer. Its user guards it. */
final class CallTimes {

    /** In nanoseconds; not much more than what it takes to wake a thread. */
    private static final long SOON = TimeUnit.MICROSECONDS.toNanos(200);

    /** How much of what is usual the last call makes. */
    private static final int SHARE = 16;

    /** Not soon, until some have shown it. */
    private long usual = SOON + 1;

    /** A call was made, in so many nanoseconds. */
    void took(long time) {
        usual += (time - usual) / SHARE;
    }

    /** {@return whether one thread has usually made so many calls before another one is awake} */
    boolean areSoonMade(int calls) {
        return isSoon(calls * usual);
    }

    /** {@return whether no thread is awake sooner} */
    static boolean isSoon(long nanos) {
        return nanos <= SOON;
    }
}
