package org.postern.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to bring mail.
 *
 * @param name as in the table
 * @param meaning what is done
 * @param unit the name of what is measured in the load generator's report
 * @param must at most so many times what the sink in C takes
 * @param aim what it would like to reach, in the same measure
 * @param amounts how many messages it takes
 * @param options of the load generator
 */
record Case(String name, String meaning, String unit, double must, double aim, Amounts amounts, List<String> options) {

    private static final String PER_MESSAGE = "server_cpu_ms_per_msg";
    private static final String PER_MEGABYTE = "server_cpu_ms_per_mb";

    private static final Amounts EACH = new Amounts(25_000, 2_000, 5);
    private static final Amounts KEPT = new Amounts(50_000, 10_000, 5);
    private static final Amounts LARGE = new Amounts(60, 100, 1);
    private static final Amounts IDLE_SESSIONS = new Amounts(3_000, 0, 1);

    /** What part of a round goes before it, as the first messages after a pause cost more; whole connections in each way. */
    private static final int BEFORE = 5;

    static final List<Case> ALL = List.of(
            of("a", "in clear, a connection each", 2.0, 1.5, EACH, "-m plain -c 4"),
            of("b", "STARTTLS, a full handshake each", 1.0, 0.8, EACH, "-m starttls -c 4"),
            of("c", "STARTTLS, resumed each", 0.9, 0.7, EACH, "-m starttls -R -c 4"),
            of("d", "100 on a TLS connection", 2.5, 1.8, KEPT, "-m starttls -k 100 -c 4"),
            of("d+", "the same with PIPELINING", 2.5, 1.8, KEPT, "-m starttls -k 100 -p -c 4"),
            new Case(
                    "e",
                    "10 MB each, per MB",
                    PER_MEGABYTE,
                    2.5,
                    1.6,
                    LARGE,
                    options("-m starttls -k 10 -s 10000000 -c 2")));

    /** What it costs in memory to hold a session, in KB; the options are those of what warms up. */
    static final Case IDLE = of("f", "5,000 idle sessions over STARTTLS", 2.0, 1.4, IDLE_SESSIONS, "-m starttls");

    /**
     * How many messages a way takes.
     *
     * @param warmUp how many go before the first round: a JVM gets faster until it has seen so many
     * @param messages how many are measured in a round
     * @param share how many times fewer are enough where a server is only compared with, as some let each connection wait
     */
    record Amounts(int warmUp, int messages, int share) {}

    private static Case of(String name, String meaning, double must, double aim, Amounts amounts, String options) {
        return new Case(name, meaning, PER_MESSAGE, must, aim, amounts, options(options));
    }

    private static List<String> options(String options) {
        return List.of(options.split(" "));
    }

    /** {@return the options of a round with a server} */
    List<String> round(Peer peer) {
        int measured = peer.isCompared() ? amounts.messages / amounts.share : amounts.messages;
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-n", Integer.toString(measured), "-w", Integer.toString(measured / BEFORE)));
        return all;
    }
}
