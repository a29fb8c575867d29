package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.container.TestClient;

/** A disk that is full (ENOSPC) of what others send, until that is delivered. */
@Timeout(60)
class NoSpaceTest {

    private static final int DISK = 2_500_000;
    private static final String SMALL = "Subject: x\r\n\r\nsmall\r\n";
    private static final String LARGE = "Subject: x\r\n\r\nlarge\r\n" + ("x".repeat(70) + "\r\n").repeat(20_000);

    @TempDir
    Path folder;

    private Optional<SmallDisk> disk;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = SmallDisk.mount(AdapterProcess.spool(folder), DISK);
        assumeTrue(disk.isPresent(), "a file system cannot be mounted here");
    }

    @AfterEach
    void unmount() throws IOException {
        if (disk.isPresent()) {
            disk.get().close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatFindsNoSpaceShouldComeLaterAndHarmNobody(boolean chunked) throws Exception {
        try (AdapterProcess process = AdapterProcess.start(
                        List.of(),
                        List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Dpostern.messageMemory=128K"),
                        folder);
                TestClient first = process.connect();
                TestClient second = process.connect()) {
            first.envelope("joe@localhost");
            first.send(LARGE);
            awaitSpooled(LARGE.length());
            for (int round = 0; round < 3; round++) {
                assertThat(large(second, chunked)).startsWith("452 4.3.1 ");
                assertThat(spooledFiles()).as("those of the first").hasSize(1);
                assertThat(second.message("joe@localhost", SMALL)).startsWith("250 ");
            }
            assertThat(first.ask(".")).startsWith("250 ");
            assertThat(large(second, chunked)).startsWith("250 ");
            assertThat(Files.readAllLines(AdapterProcess.journal(folder)))
                    .containsExactly("small", "small", "small", "large", "large");
            assertThat(spooledFiles()).isEmpty();
            assertThat(process.figure("MessagesAccepted")).isEqualTo("5");
            assertThat(process.figure("MessagesRefused")).isEqualTo("3");
            assertThat(process.figure("RefusalsByCode")).isEqualTo("452: 3");
            try (TestClient honest = process.connect()) {
                assertThat(honest.message("joe@localhost", SMALL)).startsWith("250 ");
            }
        }
    }

    private static String large(TestClient client, boolean chunked) throws IOException {
        return chunked ? client.chunk("joe@localhost", LARGE) : client.message("joe@localhost", LARGE);
    }

    private void awaitSpooled(long octets) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (spooled() < octets) {
            assertThat(System.nanoTime()).as("the content is spooled").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private long spooled() throws IOException {
        long octets = 0;
        for (Path file : spooledFiles()) {
            octets += Files.size(file);
        }
        return octets;
    }

    private List<Path> spooledFiles() throws IOException {
        try (var files = Files.list(AdapterProcess.spool(folder))) {
            return files.toList();
        }
    }
}
