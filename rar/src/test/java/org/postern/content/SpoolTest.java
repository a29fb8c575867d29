package org.postern.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpoolTest {

    private static final int MEMORY = 1 << 20;

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "4096, 0", "4097, 10", "70000, 70000", "1000000, 0", "3000000, 0", "3000000, 3000000"})
    void contentShouldBeReadAsItWasAppended(int size, int announced) throws IOException {
        byte[] octets = octets(size);
        try (SpooledContent content = new Spool(folder, MEMORY).begin("m", announced)) {
            for (int from = 0; from < size; from += 8_192) {
                content.append(ByteBuffer.wrap(octets, from, Math.min(8_192, size - from)));
            }
            content.complete();
            assertThat(content.size()).isEqualTo(size);
            assertThat(content.stream().readAllBytes()).isEqualTo(octets);
            assertThat(content.stream().readAllBytes()).as("a second time").isEqualTo(octets);
            Path saved = elsewhere.resolve("saved");
            content.saveTo(saved);
            assertThat(saved).hasBinaryContent(octets);
            assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> content.saveTo(saved));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void messageShouldTakeLittleMoreOfTheCommonMemoryThanItNeeds() throws IOException {
        int memory = 12 * 1024;
        try (SpooledContent content = filled(new Spool(folder, memory), "small", memory)) {
            assertThat(content.size()).isEqualTo(memory);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void whatIsMoreThanAllMayHoldInMemoryShouldGoToFilesAndLeaveRoomForOthers() throws IOException {
        Spool spool = new Spool(folder, MEMORY);
        try (SpooledContent first = filled(spool, "first", MEMORY / 2);
                SpooledContent second = filled(spool, "second", MEMORY);
                SpooledContent third = filled(spool, "third", MEMORY / 4)) {
            assertThat(folder.resolve("first")).doesNotExist();
            assertThat(folder.resolve("second")).exists();
            assertThat(folder.resolve("third")).doesNotExist();
            assertThat(first.size() + third.size()).isEqualTo(second.size() * 3 / 4);
        }
        try (SpooledContent again = filled(spool, "again", MEMORY)) {
            assertThat(folder).as("all memory was given back").isEmptyDirectory();
            assertThat(again.size()).isEqualTo(MEMORY);
        }
    }

    @Test
    void savedFileShouldOutliveTheContent() throws IOException {
        Path saved = folder.resolve("saved");
        try (SpooledContent content = filled(new Spool(folder, 0), "m", 100_000)) {
            content.saveTo(saved);
            assertThat(Files.getAttribute(saved, "unix:nlink"))
                    .as("linked, not copied")
                    .isEqualTo(2);
        }
        assertThat(saved).hasBinaryContent(octets(100_000));
    }

    @Test
    void endedContentShouldNotBeReadAnyMore() throws IOException {
        SpooledContent content = filled(new Spool(folder, MEMORY), "m", 100);
        content.close();
        content.close();
        assertThatIllegalStateException().isThrownBy(content::stream);
        assertThatIllegalStateException().isThrownBy(() -> content.saveTo(folder.resolve("saved")));
    }

    @Test
    void whatAnEarlierRunHasLeftShouldBeDeleted() throws IOException {
        Files.writeString(folder.resolve("left"), "over");
        Spool spool = new Spool(folder, MEMORY);
        assertThat(folder).isEmptyDirectory();
        filled(spool, "m", 10).close();
    }

    private static SpooledContent filled(Spool spool, String id, int size) throws IOException {
        SpooledContent content = spool.begin(id, 0);
        content.append(ByteBuffer.wrap(octets(size)));
        content.complete();
        return content;
    }

    private static byte[] octets(int size) {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        return octets;
    }
}
