package org.postern.outbound;

import java.time.Duration;

/**
 * How long a connection is kept.
 *
 * @param messages after how many messages it is given up; 0 for no limit
 * @param age how long after it was made it is given up; zero for no limit
 */
public record Lifetime(int messages, Duration age) {

    /** No limit. */
    public static final Lifetime ENDLESS = new Lifetime(0, Duration.ZERO);

    boolean isOver(int sent, Duration since) {
        return messages > 0 && sent >= messages || !age.isZero() && since.compareTo(age) >= 0;
    }
}
