package org.postern.bench;

import java.util.List;

/**
 * One way to bring mail.
 *
 * @param name as in the table
 * @param meaning what is done
 * @param unit the name of what is measured in the load generator's report
 * @param must at most so many times what the sink in C takes
 * @param options of the load generator
 */
record Case(String name, String meaning, String unit, double must, List<String> options) {

    private static final String PER_MESSAGE = "server_cpu_ms_per_msg";
    private static final String PER_MEGABYTE = "server_cpu_ms_per_mb";

    static final List<Case> ALL = List.of(
            of("a", "in clear, a connection each", PER_MESSAGE, 2.0, "-m plain -n 2000 -w 1000 -c 4"),
            of("b", "STARTTLS, a full handshake each", PER_MESSAGE, 1.0, "-m starttls -n 2000 -w 1000 -c 4"),
            of("c", "STARTTLS, resumed each", PER_MESSAGE, 0.9, "-m starttls -R -n 2000 -w 1000 -c 4"),
            of("d", "100 on a TLS connection", PER_MESSAGE, 2.5, "-m starttls -k 100 -n 10000 -w 5000 -c 4"),
            of("d+", "the same with PIPELINING", PER_MESSAGE, 2.5, "-m starttls -k 100 -p -n 10000 -w 5000 -c 4"),
            of("e", "10 MB each, per MB", PER_MEGABYTE, 2.5, "-m starttls -k 10 -s 10000000 -n 40 -w 20 -c 2"));

    /** The warm-up is a multiple of the messages on a connection, so that each round begins alike. */
    private static Case of(String name, String meaning, String unit, double must, String options) {
        return new Case(name, meaning, unit, must, List.of(options.split(" ")));
    }
}
