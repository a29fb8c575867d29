package org.postern.listener;

import java.util.concurrent.TimeUnit;

/**
 * Counts events of the last minute in two numbers: those of the present minute, and those of the one before it by the share that
 * still reaches into the last sixty seconds.
 */
final class Rate {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private long begun;
    private int present;
    private int before;

    /** {@return whether there was room for one more, which is then counted} */
    boolean take(int limit, long now) {
        move(now);
        double share = 1 - (double) (now - begun) / MINUTE;
        if (present + before * share >= limit) {
            return false;
        }
        present++;
        return true;
    }

    /** {@return whether nothing counted matters any more} */
    boolean isOver(long now) {
        move(now);
        return present == 0 && before == 0;
    }

    private void move(long now) {
        long minutes = (now - begun) / MINUTE;
        if (present == 0 && before == 0 || minutes > 1) {
            begun = now;
            present = 0;
            before = 0;
        } else if (minutes == 1) {
            begun += MINUTE;
            before = present;
            present = 0;
        }
    }
}
