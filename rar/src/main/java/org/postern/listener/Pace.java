package org.postern.listener;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.postern.administration.Setting;
import org.postern.administration.SettingValues;

/** How fast the content of one message must come: without long silence, at a least rate, and within a time for all of it. */
final class Pace {

    private static final long NEVER = Long.MAX_VALUE / 2;

    /** Before that, a rate says nothing. */
    private static final long GRACE = TimeUnit.MINUTES.toNanos(1);

    private final long begun;
    private final long silence;
    private final long rate;
    private final long whole;
    private long octets;

    Pace(SettingValues settings, long now) {
        begun = now;
        silence = nanos(settings.get(LimitSettings.CONTENT_IDLE_TIMEOUT));
        rate = settings.get(LimitSettings.MIN_DATA_RATE);
        whole = nanos(settings.get(LimitSettings.MAX_DATA_TIME));
    }

    /** Takes note of octets that came, and sets the watch to when the next must have come. */
    void came(int more, long now, Watch watch) {
        octets += more;
        long bySilence = silence == NEVER ? NEVER : now - begun + silence;
        long byRate = rate == 0 ? NEVER : GRACE + seconds(octets / rate);
        long least = Math.min(Math.min(bySilence, byRate), whole);
        Setting<?> limit = least == bySilence
                ? LimitSettings.CONTENT_IDLE_TIMEOUT
                : least == byRate ? LimitSettings.MIN_DATA_RATE : LimitSettings.MAX_DATA_TIME;
        if (least != NEVER) {
            watch.awaitUntil(begun + least, limit.name());
        } else {
            watch.await(Duration.ZERO, limit.name());
        }
    }

    private static long nanos(Duration bound) {
        return bound.isZero() ? NEVER : bound.toNanos();
    }

    /** More than can be counted is not waited for anyway. */
    private static long seconds(long number) {
        return Math.min(TimeUnit.SECONDS.toNanos(number), NEVER / 2);
    }
}
