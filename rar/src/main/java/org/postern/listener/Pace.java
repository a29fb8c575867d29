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
    private long silence;
    private long rate;
    private long whole;
    private long octets;
    private long last;

    Pace(SettingValues settings, long now) {
        begun = now;
        last = now;
        read(settings);
    }

    /** Goes by the limits that are set now, for the whole of the message. */
    void read(SettingValues settings) {
        silence = nanos(settings.get(LimitSettings.CONTENT_IDLE_TIMEOUT));
        rate = settings.get(LimitSettings.MIN_DATA_RATE);
        whole = nanos(settings.get(LimitSettings.MAX_DATA_TIME));
    }

    /** Takes note of octets that came. */
    void came(int more, long now) {
        octets += more;
        last = now;
    }

    /** Sets a watch to when the next octets must have come. */
    void set(Watch watch) {
        long bySilence = silence == NEVER ? NEVER : last - begun + silence;
        long byRate = rate == 0 ? NEVER : GRACE + seconds(octets / rate);
        long least = Math.min(Math.min(bySilence, byRate), whole);
        Setting<?> limit = least == bySilence
                ? LimitSettings.CONTENT_IDLE_TIMEOUT
                : least == byRate ? LimitSettings.MIN_DATA_RATE : LimitSettings.MAX_DATA_TIME;
        if (least != NEVER) {
            watch.awaitUntil(begun + least, limit.name());
        } else {
            watch.await(begun, Duration.ZERO, limit.name());
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
