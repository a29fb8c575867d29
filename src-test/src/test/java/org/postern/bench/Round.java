package org.postern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.test.ChildProcess;

/**
 * One run with one server, or one sender.
 *
 * @param cost milliseconds of its CPU time per message or per megabyte
 * @param rate messages per second
 */
record Round(double cost, double rate) {

    /** Some servers let each connection wait for a delayed acknowledgement. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Over how many connections a server is warmed up: some let each wait. */
    private static final int WARMING = 16;

    /** Brings messages before a server is measured. */
    static void warmUp(Path load, Peer peer, Case way, int messages) throws IOException {
        List<String> options = new ArrayList<>(way.options());
        options.addAll(List.of("-w", "0", "-n", Integer.toString(messages), "-c", Integer.toString(WARMING)));
        run(load, peer, way, options);
    }

    /** Measures a server. */
    static Round run(Path load, Peer peer, Case way) throws IOException {
        return run(load, peer, way, way.round(peer));
    }

    /** A message that fails ends the benchmark: what is not delivered costs nothing. Later options take the place of earlier ones. */
    private static Round run(Path load, Peer peer, Case way, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(load.toString(), "-P", Integer.toString(peer.port())));
        command.addAll(options);
        command.addAll(List.of("--pid", Long.toString(peer.pid())));
        try (ChildProcess process = ChildProcess.start(Path.of("."), Map.of(), "", command)) {
            if (process.awaitExit(PATIENCE) != 0) {
                throw new IllegalStateException(peer.name() + " failed: " + process.output());
            }
            return read(process.output(), way.unit());
        }
    }

    /** Reads it from the load generator's report. */
    static Round read(String json, String unit) {
        return new Round(number(json, unit), number(json, "msg_per_s"));
    }

    private static double number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": ?(-?[0-9.]+)").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("There is no " + name + " in " + json);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
