package org.postern.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.test.ChildProcess;
import org.postern.test.Waiting;

/** 5,000 idle TLS sessions, and 64 messages of 20 MB at once beside them, in a heap of 512 MB. */
class MemoryBenchmark {

    private static final int SESSIONS = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void holdManySessionsAndLargeMessagesInASmallHeap() throws IOException {
        Tools tools = Tools.make(folder);
        try (Peer postern = Peer.postern(folder, List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError"))) {
            long empty = resident(postern);
            ChildProcess idle = load(tools, postern, ("-m starttls -c 4 -T 60 -I " + SESSIONS).split(" "));
            Waiting.until("all sessions are open", () -> sockets(postern) >= SESSIONS);
            long withSessions = resident(postern);
            ChildProcess large = load(tools, postern, "-m starttls -n 64 -c 64 -s 20900000 --timeout 300".split(" "));
            assertThat(large.awaitExit(PATIENCE)).as(large.output()).isZero();
            long withMessages = resident(postern);
            assertThat(idle.awaitExit(PATIENCE)).as(idle.output()).isZero();
            assertThat(idle.output()).contains("\"alive\":" + SESSIONS);
            System.out.printf(
                    "%nResident MB: %d at first, %d with %,d idle TLS sessions, %d after 64 messages of 20 MB%n",
                    empty >> 10, withSessions >> 10, SESSIONS, withMessages >> 10);
        }
    }

    private static ChildProcess load(Tools tools, Peer peer, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(tools.load().toString()));
        command.addAll(List.of("-P", Integer.toString(peer.port())));
        command.addAll(List.of(options));
        return ChildProcess.start(Path.of("."), Map.of(), "", command);
    }

    private static int sockets(Peer peer) throws IOException {
        try (var files = Files.list(Path.of("/proc", Long.toString(peer.pid()), "fd"))) {
            return (int) files.count();
        }
    }

    private static long resident(Peer peer) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(peer.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
