package org.postern.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle one: one slow round does not move it. */
final class Median {

    private Median() {}

    static double of(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
