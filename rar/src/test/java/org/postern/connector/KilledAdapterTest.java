package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postern.container.TestClient;

/** A process that is killed: what it has answered 250 is committed, and what it had on its way is gone at the next start. */
class KilledAdapterTest {

    private static final int CLIENTS = 8;
    private static final int KILLS = 3;
    private static final int LEAST_ANSWERED = 200;
    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-Dpostern.messageMemory=64K", "-Dpostern.trustedNetworks=127.0.0.0/8");

    @TempDir
    Path folder;

    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

    @Test
    @Timeout(120)
    void everyMailAnswered250ShouldBeCommittedOnceAndTheSpoolBeEmptyAtTheNextStart() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            try (AdapterProcess process = AdapterProcess.start(List.of(), OPTIONS, folder);
                    TestClient slow = process.connect()) {
                assertThat(spooled()).isEmpty();
                slow.envelope("slow@localhost");
                slow.send("x".repeat(70) + "\r\n");
                slow.send(("x".repeat(70) + "\r\n").repeat(3_000));
                List<Thread> clients = sendWithoutEnd(process, kill);
                await(() -> answered.size() >= LEAST_ANSWERED && !spooled().isEmpty());
                process.kill();
                for (Thread client : clients) {
                    client.join();
                }
                assertThat(spooled()).as("what was on its way").isNotEmpty();
            }
            List<String> committed = Files.readAllLines(AdapterProcess.journal(folder));
            assertThat(unexpected).isEmpty();
            assertThat(committed).doesNotHaveDuplicates().containsAll(answered);
            answered.clear();
        }
        try (AdapterProcess process = AdapterProcess.start(List.of(), OPTIONS, folder);
                TestClient client = process.connect()) {
            assertThat(spooled()).isEmpty();
            assertThat(client.message("joe@localhost", message("last"))).startsWith("250");
        }
    }

    private List<Thread> sendWithoutEnd(AdapterProcess process, int round) {
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < CLIENTS; number++) {
            String name = round + "-" + number + "-";
            Thread thread = new Thread(() -> sendWithoutEnd(process, name));
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void sendWithoutEnd(AdapterProcess process, String name) {
        for (int session = 0; ; session++) {
            try (TestClient client = process.connect()) {
                for (int i = 0; i < 10; i++) {
                    String token = name + session + "-" + i;
                    String reply = client.message("joe@localhost", message(token));
                    if (reply == null) {
                        return;
                    }
                    if (reply.startsWith("250 ")) {
                        answered.add(token);
                    } else {
                        unexpected.add(reply);
                    }
                }
            } catch (IOException killed) {
                return;
            }
        }
    }

    private static String message(String token) {
        return "Subject: x\r\n\r\n" + token + "\r\n" + "text\r\n".repeat(2_000);
    }

    private List<Path> spooled() throws IOException {
        try (var files = Files.list(AdapterProcess.spool(folder))) {
            return files.toList();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
