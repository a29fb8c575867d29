package org.postern.bench;

import java.util.List;

/** Flags of the benchmark. */
final class Flags {

    private Flags() {}

    /** {@return flags to try with Postern's JVM, {@code -Dbenchmark.flags=}} */
    static List<String> ofPostern() {
        String flags = System.getProperty("benchmark.flags", "");
        return flags.isBlank() ? List.of() : List.of(flags.trim().split(" +"));
    }
}
