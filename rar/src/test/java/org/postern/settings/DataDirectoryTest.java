package org.postern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void configuredFolderShouldWin() {
        assertThat(DataDirectory.resolve("/var/lib/mail", Map.of("jboss.server.data.dir", "/opt/wildfly/data")::get))
                .isEqualTo(Path.of("/var/lib/mail"));
    }

    @Test
    void folderShouldLieInTheServersOwnDataFolder() {
        assertThat(DataDirectory.resolve("", Map.of("jboss.server.data.dir", "/opt/wildfly/data")::get))
                .isEqualTo(Path.of("/opt/wildfly/data/postern"));
        assertThat(DataDirectory.resolve(
                        "", Map.of("com.sun.aas.instanceRoot", "/opt/payara/domain1", "java.io.tmpdir", "/tmp")::get))
                .isEqualTo(Path.of("/opt/payara/domain1/postern"));
    }

    @Test
    void temporaryInstanceRootShouldNotKeepData() {
        Path resolved = DataDirectory.resolve(
                "", Map.of("com.sun.aas.instanceRoot", "/tmp/payaramicro-rt1", "java.io.tmpdir", "/tmp")::get);
        assertThat(resolved).isEqualTo(Path.of("postern-data").toAbsolutePath());
    }

    @Test
    void openingShouldMakeFoldersForTheOwnerOnly() throws IOException {
        try (var directory = DataDirectory.open(temporary.resolve("a/data"))) {
            for (Path folder :
                    new Path[] {directory.path(), directory.certificates(), directory.trust(), directory.spool()}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void secondInstanceInThisJvmShouldBeRefusedAndLeaveTheLockInPlace() throws Exception {
        try (var directory = DataDirectory.open(temporary.resolve("data"))) {
            assertThatThrownBy(() -> DataDirectory.open(directory.path()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another instance in this JVM");
            assertThat(openInAnotherProcess(directory.path())).contains("in use by another process");
        }
    }

    @Test
    void closedDirectoryShouldBeFreeForOthers() throws Exception {
        Path path = temporary.resolve("data");
        DataDirectory first = DataDirectory.open(path);
        first.close();
        first.close();
        assertThat(openInAnotherProcess(path)).contains("opened");
        DataDirectory.open(path).close();
    }

    @Test
    void folderThatCannotBeMadeShouldBeASentence() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Set dataDirectory to a folder");
    }

    private static String openInAnotherProcess(Path path) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opener.class.getName(),
                        path.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** Another process that wants the folder. */
    static final class Opener {
        private Opener() {}

        public static void main(String[] arguments) {
            try (var directory = DataDirectory.open(Path.of(arguments[0]))) {
                System.out.println("opened " + directory.path());
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
