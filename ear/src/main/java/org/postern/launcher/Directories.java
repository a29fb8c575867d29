package org.postern.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Which of the server's 320 jars have something in which directory. Written when postern-micro.jar is made, so that the start
 * need not look for each class in one jar after the other.
 */
final class Directories {
    /** A line with the name of each jar, the lines of its directories below. */
    static final String FILE = "MICRO-INF/directories.txt";

    private static final String JAR = "\t";
    private static final String VERSIONS = "META-INF/versions/";
    private static final List<String> PLACES = List.of("MICRO-INF/runtime/", "MICRO-INF/lib/");

    private final Map<String, List<String>> jarsOf = new HashMap<>();

    private Directories() {}

    /** For the build: writes the list for the jar of the first argument to the file of the second. */
    public static void main(String[] arguments) throws IOException {
        StringBuilder text = new StringBuilder();
        try (ZipInputStream archive = new ZipInputStream(Files.newInputStream(Path.of(arguments[0])))) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                String name = entry.getName();
                if (name.endsWith(".jar") && PLACES.stream().anyMatch(name::startsWith)) {
                    text.append(JAR)
                            .append(name.substring(name.lastIndexOf('/') + 1))
                            .append('\n');
                    of(archive).forEach(directory -> text.append(directory).append('\n'));
                }
            }
        }
        Files.writeString(Path.of(arguments[1]), text);
    }

    /** What lies in a version for later Java is asked for without the version. */
    private static TreeSet<String> of(InputStream jar) throws IOException {
        var all = new TreeSet<String>();
        JarInputStream entries = new JarInputStream(jar, false);
        all.add("");
        all.add("META-INF");
        for (JarEntry entry = entries.getNextJarEntry(); entry != null; entry = entries.getNextJarEntry()) {
            String name = entry.getName();
            add(all, name);
            if (name.startsWith(VERSIONS)) {
                add(all, name.substring(name.indexOf('/', VERSIONS.length()) + 1));
            }
        }
        return all;
    }

    private static void add(TreeSet<String> all, String name) {
        String directory = parent(name);
        while (all.add(directory)) {
            directory = parent(directory);
        }
    }

    static Directories read(InputStream file) throws IOException {
        var read = new Directories();
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            String jar = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(JAR)) {
                    jar = line.substring(JAR.length());
                } else {
                    read.jarsOf
                            .computeIfAbsent(line, directory -> new ArrayList<>(2))
                            .add(jar);
                }
            }
        }
        return read;
    }

    /** {@return the names of the jars, in their order, that may hold what is called so} */
    List<String> jarsWith(String resource) {
        return jarsOf.getOrDefault(parent(resource), List.of());
    }

    /** {@return the name of the directory that it is in, empty for none; itself may be one} */
    private static String parent(String name) {
        int end = name.endsWith("/") ? name.length() - 1 : name.length();
        int slash = name.lastIndexOf('/', end - 1);
        return slash < 0 ? "" : name.substring(0, slash);
    }
}
