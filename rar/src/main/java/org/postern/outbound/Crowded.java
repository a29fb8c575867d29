package org.postern.outbound;

import java.time.Duration;

/** An address greets nobody, and another opening waits for it already. */
final class Crowded extends Unreachable {

    private static final long serialVersionUID = 1L;

    Crowded(Target target, Duration silence) {
        super(
                target + " has kept another opening waiting for its greeting for " + Math.max(1, silence.toSeconds())
                        + " seconds; as long as that one waits, no other does.",
                "4.4.1",
                null);
    }
}
