package org.postern.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Foreign mail programs, and what else a machine may lack. A test that needs it is skipped where it is missing, but fails where {@code CI} is set. */
public final class Programs {

    private Programs() {}

    /** Runs a program to its end. {@return the ended process} */
    public static ChildProcess run(String program, String input, String... arguments) throws IOException {
        return run(Path.of("."), program, input, arguments);
    }

    /** Runs a program without input in a folder to its end. {@return the ended process} */
    public static ChildProcess runIn(Path folder, String program, String... arguments) throws IOException {
        return run(folder, program, "", arguments);
    }

    private static ChildProcess run(Path folder, String program, String input, String... arguments) throws IOException {
        require(program);
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try (ChildProcess process = ChildProcess.start(folder, Map.of(), input, command)) {
            process.awaitExit();
            return process;
        }
    }

    /** The same for what a program needs besides itself. */
    public static void requireFile(Path file) {
        require(Files.exists(file), file.toString());
    }

    /** The same for what may be done by root only, such as to start Postfix. */
    public static void requireRoot() {
        require("root".equals(System.getProperty("user.name")), "root");
    }

    /** The same for the number of files that a process may have open, which a JVM raises as far as it may. */
    public static void requireOpenFiles(long number) {
        // Others than these have no such limit.
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long limit = system.getMaxFileDescriptorCount();
            require(limit >= number, number + " open files; ulimit -Hn is " + limit);
        }
    }

    private static void require(String program) {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        require(installed, "the program " + program);
    }

    private static void require(boolean given, String what) {
        if (System.getenv("CI") != null) {
            assertThat(given).as("needed: " + what).isTrue();
        }
        assumeTrue(given, "skipped, as it needs " + what);
    }
}
