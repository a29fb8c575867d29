package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.container.TestClient;

/** No room for content: the operating system refuses to let a file of the process grow. */
class FullDiskTest {

    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");
    private static final String LARGE = "Subject: x\r\n\r\ntoken\r\n" + ("x".repeat(70) + "\r\n").repeat(20_000);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void largeMessageShouldBeAskedToComeLaterAndSmallOnesBeTaken(boolean chunked) throws Exception {
        assumeTrue(Files.isExecutable(PRLIMIT), "prlimit is not there");
        try (AdapterProcess process = AdapterProcess.start(
                        List.of(PRLIMIT.toString(), "--fsize=600000"),
                        List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Dpostern.messageMemory=128K"),
                        folder);
                TestClient client = process.connect()) {
            for (int round = 0; round < 2; round++) {
                String reply = chunked ? client.chunk("joe@localhost", LARGE) : client.message("joe@localhost", LARGE);
                assertThat(reply).startsWith("452 4.3.1 ");
                assertThat(spooled()).isEmpty();
                assertThat(client.message("joe@localhost", "Subject: x\r\n\r\ntoken\r\n"))
                        .startsWith("250 ");
            }
            assertThat(client.ask("QUIT")).startsWith("221 ");
            expectFigures(process, 2, 2);
            expectHonestMailToBeTaken(process);
        }
    }

    @Test
    @Timeout(60)
    void memoryOfRefusedMessagesShouldBeGivenBack() throws Exception {
        assumeTrue(Files.isExecutable(PRLIMIT), "prlimit is not there");
        try (AdapterProcess process = AdapterProcess.start(
                        List.of(PRLIMIT.toString(), "--fsize=600000"),
                        List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Dpostern.messageMemory=1M"),
                        folder);
                TestClient client = process.connect()) {
            for (int round = 0; round < 5; round++) {
                assertThat(client.message("joe@localhost", LARGE + LARGE)).startsWith("452 4.3.1 ");
            }
            // As much as fits into the memory of all, and so needs no file.
            assertThat(client.message("joe@localhost", LARGE.substring(0, 900_000) + "\r\n"))
                    .startsWith("250 ");
            expectFigures(process, 1, 5);
            expectHonestMailToBeTaken(process);
        }
    }

    private static void expectFigures(AdapterProcess process, int accepted, int refused) throws IOException {
        assertThat(process.figure("MessagesAccepted")).isEqualTo(String.valueOf(accepted));
        assertThat(process.figure("MessagesRefused")).isEqualTo(String.valueOf(refused));
        assertThat(process.figure("RefusalsByCode")).isEqualTo("452: " + refused);
    }

    private static void expectHonestMailToBeTaken(AdapterProcess process) throws IOException {
        try (TestClient honest = process.connect()) {
            assertThat(honest.message("joe@localhost", "Subject: x\r\n\r\ntoken\r\n"))
                    .startsWith("250 ");
        }
    }

    private List<Path> spooled() throws IOException {
        try (var files = Files.list(AdapterProcess.spool(folder))) {
            return files.toList();
        }
    }
}
