package org.postern.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {
    @TempDir
    Path folder;

    @Test
    void aJarIsFoundByTheDirectoryOfWhatItHolds() throws IOException {
        Directories directories = written(List.of("one/A.class", "META-INF/services/s"), List.of("one/two/B.class"));
        assertThat(directories.jarsWith("one/A.class")).containsExactly("0.jar", "1.jar");
        assertThat(directories.jarsWith("one/two/B.class")).containsExactly("1.jar");
        assertThat(directories.jarsWith("META-INF/services/s")).containsExactly("0.jar");
        assertThat(directories.jarsWith("three/C.class")).isEmpty();
    }

    @Test
    void aDirectoryIsFoundLikeAFile() throws IOException {
        Directories directories = written(List.of("one/two/B.class"));
        assertThat(directories.jarsWith("one")).containsExactly("0.jar");
        assertThat(directories.jarsWith("one/two/")).containsExactly("0.jar");
    }

    /** It is asked for by its plain name. */
    @Test
    void aVersionForLaterJavaIsFoundWithoutTheVersion() throws IOException {
        Directories directories = written(List.of("META-INF/versions/11/one/A.class"));
        assertThat(directories.jarsWith("one/A.class")).containsExactly("0.jar");
        assertThat(directories.jarsWith("META-INF/versions/11/one/A.class")).containsExactly("0.jar");
    }

    @Test
    void whatIsNotTheServersIsNotListed() throws IOException {
        Path jar = folder.resolve("all.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            put(out, "MICRO-INF/deploy/app.jar", zip(List.of("one/A.class")));
        }
        assertThat(of(jar).jarsWith("one/A.class")).isEmpty();
    }

    @SafeVarargs
    private Directories written(List<String>... jars) throws IOException {
        Path jar = folder.resolve("all.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (int i = 0; i < jars.length; i++) {
                put(out, "MICRO-INF/runtime/" + i + ".jar", zip(jars[i]));
            }
        }
        return of(jar);
    }

    private Directories of(Path jar) throws IOException {
        Path list = folder.resolve("list.txt");
        Directories.main(new String[] {jar.toString(), list.toString()});
        return Directories.read(Files.newInputStream(list));
    }

    private static byte[] zip(List<String> names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (String name : names) {
                put(out, name, new byte[0]);
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
