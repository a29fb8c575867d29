package org.postern.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postern.test.ChildProcess;
import org.postern.test.Programs;
import org.postern.test.Waiting;

/**
 * The sink in C over STARTTLS.
 *
 * @param process the program
 * @param port where it listens
 */
record Sink(ChildProcess process, int port) implements AutoCloseable {

    /** Starts one; without tickets each handshake is a full one. */
    static Sink start(Tools tools, boolean tickets) throws IOException {
        int port = Tools.freePort();
        List<String> command = List.of(
                tools.sink().toString(),
                "-P",
                Integer.toString(port),
                "-m",
                "starttls",
                "--cert",
                tools.certificate().toString(),
                "--key",
                tools.key().toString());
        ChildProcess process =
                ChildProcess.start(tools.folder(), Map.of(), "", tickets ? command : append(command, "--no-tickets"));
        return new Sink(process, port);
    }

    /** What it has counted since its start. */
    record Counts(long messages, long full, long resumed) {

        Counts since(Counts before) {
            return new Counts(messages - before.messages, full - before.full, resumed - before.resumed);
        }
    }

    /** {@return what it has counted so far} */
    Counts counts() throws IOException {
        int before = process.lines().size();
        Programs.run("kill", "", "-USR1", Long.toString(process.pid()));
        String line = Waiting.forValue("the sink's counters", () -> {
            List<String> lines = process.lines();
            return lines.size() > before ? Optional.of(lines.get(before)) : Optional.empty();
        });
        return new Counts(
                number(line, "messages"), number(line, "handshakes_full"), number(line, "handshakes_resumed"));
    }

    @Override
    public void close() {
        process.close();
    }

    private static long number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":([0-9]+)").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("There is no " + name + " in " + json);
        }
        return Long.parseLong(matcher.group(1));
    }

    private static List<String> append(List<String> command, String option) {
        return java.util.stream.Stream.concat(command.stream(), java.util.stream.Stream.of(option))
                .toList();
    }
}
