package org.postern.bench;

import java.util.List;

/**
 * One way to bring mail.
 *
 * @param name as in the table
 * @param meaning what is done
 * @param unit the name of what is measured in the load generator's report
 * @param must at most so many times what the sink in C takes
 * @param aim what it would like to reach, in the same measure
 * @param warmUp how many messages go before the first round: a JVM gets faster until it has seen so many
 * @param options of the load generator
 */
record Case(String name, String meaning, String unit, double must, double aim, int warmUp, List<String> options) {

    private static final String PER_MESSAGE = "server_cpu_ms_per_msg";
    private static final String PER_MEGABYTE = "server_cpu_ms_per_mb";

    static final List<Case> ALL = List.of(
            of("a", "in clear, a connection each", 2.0, 1.5, 25_000, "-m plain -n 2000 -w 200 -c 4"),
            of("b", "STARTTLS, a full handshake each", 1.0, 0.8, 25_000, "-m starttls -n 2000 -w 200 -c 4"),
            of("c", "STARTTLS, resumed each", 0.9, 0.7, 25_000, "-m starttls -R -n 2000 -w 200 -c 4"),
            of("d", "100 on a TLS connection", 2.5, 1.8, 50_000, "-m starttls -k 100 -n 10000 -w 2000 -c 4"),
            of("d+", "the same with PIPELINING", 2.5, 1.8, 50_000, "-m starttls -k 100 -p -n 10000 -w 2000 -c 4"),
            new Case(
                    "e",
                    "10 MB each, per MB",
                    PER_MEGABYTE,
                    2.5,
                    1.6,
                    60,
                    options("-m starttls -k 10 -s 10000000 -n 40 -w 20 -c 2")));

    /** What it costs in memory to hold a session, in KB; the options are those of what warms up. */
    static final Case IDLE = of("f", "5,000 idle sessions over STARTTLS", 2.0, 1.4, 3_000, "-m starttls");

    private static Case of(String name, String meaning, double must, double aim, int warmUp, String options) {
        return new Case(name, meaning, PER_MESSAGE, must, aim, warmUp, options(options));
    }

    /** What warms up within a round is a multiple of the messages on a connection, so that each round begins alike. */
    private static List<String> options(String options) {
        return List.of(options.split(" "));
    }
}
