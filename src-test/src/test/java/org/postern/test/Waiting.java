package org.postern.test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for what happens in another thread or process: as short as it can be, and never for ever. */
public final class Waiting {

    /** Generous, as two cores may be busy with other things: only a failing test takes so long. */
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Waiting() {}

    /** Returns when something holds; fails with its name if it never does. */
    public static void until(String what, Callable<Boolean> holds) {
        Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .atMost(PATIENCE)
                .until(holds);
    }

    /** {@return a value when it is there} */
    public static <T> T forValue(String what, Callable<Optional<T>> value) {
        return Awaitility.await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(PAUSE)
                .atMost(PATIENCE)
                .until(value, Optional::isPresent)
                .orElseThrow();
    }
}
