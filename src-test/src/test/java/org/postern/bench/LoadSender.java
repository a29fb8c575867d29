package org.postern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postern.test.ChildProcess;

/** The load generator as a sender: the floor. It verifies nobody, and makes messages of its own. */
record LoadSender(Tools tools) implements OutboundSender {

    @Override
    public String name() {
        return Way.LOAD;
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public Round send(Way way, int port, Path message, int count) throws IOException {
        List<String> command = new ArrayList<>(List.of(tools.load().toString(), "-P", Integer.toString(port)));
        command.addAll(List.of("-m", "starttls", "-p", "-b", "-n", Integer.toString(count)));
        command.addAll(List.of("-k", Integer.toString(way.isKept() ? Way.KEPT : 1)));
        command.addAll(List.of("-c", Integer.toString(Way.CONNECTIONS), "-s", Integer.toString(way.size())));
        if (way.isResumed()) {
            command.add("-R");
        }
        try (ChildProcess process = ChildProcess.start(Path.of("."), Map.of(), "", command)) {
            if (process.awaitExit() != 0) {
                throw new IOException("smtpload failed: " + process.output());
            }
            return Round.read(process.output(), "client_cpu_ms_per_msg");
        }
    }

    @Override
    public void close() {
        // It ends with each round.
    }
}
