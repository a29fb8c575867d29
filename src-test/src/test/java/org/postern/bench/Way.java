package org.postern.bench;

import java.util.List;

/**
 * One way to send mail.
 *
 * @param name as in the table
 * @param isKept whether a connection is used for {@link #KEPT} messages, or for one only
 * @param isResumed whether the sink gives tickets, by which the next handshake is a short one
 * @param size of a message, in octets
 * @param messages how many a round has
 * @param warmUp how many go before the first round, of senders that manage so many within a minute
 * @param must what Postern has to reach
 * @param aim what it would like to reach
 */
record Way(
        String name, boolean isKept, boolean isResumed, int size, int messages, int warmUp, Target must, Target aim) {

    /** How many connections there are at once. */
    static final int CONNECTIONS = 4;

    /** How many messages go over a connection that is kept. */
    static final int KEPT = 1_000;

    static final String LOAD = "smtpload (C)";
    static final String NODEMAILER = "nodemailer";
    static final String ANGUS = "Angus";

    static final List<Way> ALL = List.of(
            new Way(
                    "kept connection, 4 KiB",
                    true,
                    false,
                    4_096,
                    10_000,
                    80_000,
                    new Target(0.7, NODEMAILER),
                    new Target(2, LOAD)),
            new Way(
                    "a connection each, full handshake",
                    false,
                    false,
                    4_096,
                    2_000,
                    80_000,
                    new Target(0.45, NODEMAILER),
                    new Target(0.7, LOAD)),
            new Way(
                    "a connection each, resumed",
                    false,
                    true,
                    4_096,
                    2_000,
                    80_000,
                    new Target(0.25, ANGUS),
                    new Target(1, LOAD)),
            new Way(
                    "kept connection, 1 MB",
                    true,
                    false,
                    1_000_000,
                    200,
                    800,
                    new Target(0.35, NODEMAILER),
                    new Target(2, LOAD)));

    /**
     * What is compared with what.
     *
     * @param times at most so many times the cost
     * @param sender of this one
     */
    record Target(double times, String sender) {}
}
