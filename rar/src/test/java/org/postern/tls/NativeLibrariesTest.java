package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build makes of Netty's native libraries, also of those for other machines than this one. */
class NativeLibrariesTest {

    /** In a dynamic section: DT_FLAGS_1, DF_1_NODELETE, and the end of the section. */
    private static final String STAYS = "\u00fb\u00ff\u00ff\u006f\0\0\0\0\10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcnative_linux_x86_64",
                "tcnative_linux_aarch_64",
                "transport_native_epoll_x86_64",
                "transport_native_epoll_aarch_64"
            })
    void librariesShouldTakeNothingFromOthersWhenTheyGo(String name) throws IOException {
        assertThat(library(name)).contains("\0JNI_OnLoad\0").doesNotContain("\0JNI_OnUnload\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcnative_linux_x86_64", "tcnative_linux_aarch_64"})
    void boringSslShouldStay(String name) throws IOException {
        assertThat(library(name)).containsOnlyOnce(STAYS);
    }

    @Test
    void whatIsNoLibraryShouldEndTheBuild() throws Exception {
        Path from = Files.createDirectories(folder.resolve("from"));
        assertThat(mark(from)).contains("There is no library in " + from);
        Files.write(from.resolve("text.so"), new byte[1000]);
        assertThat(mark(from)).contains("text.so is no 64-bit ELF file.");
        byte[] empty = new byte[1000];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}, 0, empty, 0, 6);
        Files.write(from.resolve("text.so"), empty);
        assertThat(mark(from)).contains("text.so has no function JNI_OnUnload.");
    }

    private String mark(Path from) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Path.of("src", "build", "java", "MarkLibraries.java").toString(),
                        from.toString(),
                        folder.resolve("to").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        return Files.readString(output);
    }

    private static String library(String name) throws IOException {
        try (InputStream in =
                NativeLibrariesTest.class.getResourceAsStream("/META-INF/native/libnetty_" + name + ".so")) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
