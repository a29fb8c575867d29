package org.postern.bench;

import java.util.List;

/** Flags of the benchmark. */
final class Flags {

    private Flags() {}

    /** {@return those of the JVMs of Postern and of others written in Java, {@code -Dbenchmark.flags=}} */
    static List<String> ofJvms() {
        String flags = System.getProperty("benchmark.flags", "");
        return flags.isBlank() ? List.of() : List.of(flags.trim().split(" +"));
    }
}
