package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElfFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch_64"})
    void libraryShouldBeMarkedInPlaceOfAnEntryWithoutMeaning(String machine) throws IOException {
        byte[] before = library(machine);
        byte[] after = before.clone();
        new ElfFile(after).stayLoaded();
        int at = Arrays.mismatch(before, after);
        ByteBuffer entry = ByteBuffer.wrap(after).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(entry.getLong(at)).isEqualTo(0x6ffffffbL);
        assertThat(entry.getLong(at + 8)).isEqualTo(0x8L);
        // The section still ends.
        assertThat(entry.getLong(at + 16)).isZero();
        assertThat(Arrays.equals(before, at + 16, before.length, after, at + 16, after.length))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch_64"})
    void flagsThatAreThereShouldBeKept(String machine) throws IOException {
        byte[] before = library(machine);
        byte[] octets = before.clone();
        new ElfFile(octets).stayLoaded();
        int flags = Arrays.mismatch(before, octets) + 8;
        octets[flags] = 0x1;
        new ElfFile(octets).stayLoaded();
        assertThat(octets[flags]).isEqualTo((byte) 0x9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x86_64", "aarch_64"})
    void hiddenFunctionShouldBeThereNoMore(String machine) throws IOException {
        byte[] octets = library(machine);
        ElfFile file = new ElfFile(octets);
        file.hide("JNI_OnUnload");
        assertThat(Arrays.mismatch(library(machine), octets)).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file.hide("JNI_OnUnload"))
                .withMessage("It has no function JNI_OnUnload.");
    }

    @Test
    void otherFilesShouldBeRefused() {
        for (byte[] other : new byte[][] {{}, new byte[1000], {0x7f, 'E', 'L', 'F', 1, 1}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ElfFile(other))
                    .withMessage("It is no 64-bit ELF file.");
        }
    }

    @Test
    void fileWithoutADynamicSectionShouldBeRefused() {
        byte[] empty = new byte[100];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}, 0, empty, 0, 6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ElfFile(empty).stayLoaded())
                .withMessage("It has no dynamic section.");
    }

    private static byte[] library(String machine) throws IOException {
        try (InputStream in =
                ElfFile.class.getResourceAsStream("META-INF/native/libnetty_tcnative_linux_" + machine + ".so")) {
            return in.readAllBytes();
        }
    }
}
