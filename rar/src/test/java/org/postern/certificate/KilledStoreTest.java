package org.postern.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KilledStoreTest {

    private static final int TIMES = 12;

    @TempDir
    private Path data;

    private final Random random = new Random(7);

    @Test
    @Timeout(60)
    void storeOfAKilledProcessShouldOpenWithOldOrNewState() throws IOException, InterruptedException {
        Optional<PrivateKey> key = Optional.empty();
        int leftovers = 0;
        for (int time = 0; time < TIMES; time++) {
            runAndKill();
            leftovers += hidden();
            StoreBench bench = new StoreBench(data);
            assertThat(bench.store.all()).isNotEmpty().noneMatch(Stored.Damaged.class::isInstance);
            assertThat(bench.settings.errors()).isEmpty();
            PrivateKey now = bench.store.load("default").key();
            key.ifPresent(before -> assertThat(now).isEqualTo(before));
            key = Optional.of(now);
            assertThat(hidden()).as("private keys left aside").isZero();
        }
        System.getLogger("test").log(System.Logger.Level.INFO, "{0} folders were left half made.", leftovers);
    }

    private void runAndKill() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledStore.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("running");
            // Any moment will do: it is the point that it is not chosen.
            assertThat(process.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS))
                    .isFalse();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private int hidden() throws IOException {
        try (var all = Files.list(data.resolve("certificates"))) {
            return (int) all.filter(path -> path.getFileName().toString().startsWith("."))
                    .count();
        }
    }
}
