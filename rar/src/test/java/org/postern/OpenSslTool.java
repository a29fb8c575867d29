package org.postern;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The command {@code openssl}, as a foreign client. A test that needs it is skipped where it is missing, but not in CI. */
public final class OpenSslTool {

    private OpenSslTool() {}

    /** Goes on if it is there. */
    public static void require() {
        boolean there = List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl")));
        if (!there && System.getenv("CI") != null) {
            fail("The command openssl is missing, and CI must not skip what needs it.");
        }
        Assumptions.assumeTrue(there, "The command openssl is missing, so nothing was tested with it.");
    }

    /** {@return all that {@code s_client} says when it speaks to a server and gives it some input} */
    public static String client(InetSocketAddress server, String input, String... options) throws IOException {
        var command = new ArrayList<>(List.of("openssl", "s_client", "-connect"));
        command.add(server.getHostString() + ":" + server.getPort());
        command.addAll(List.of(options));
        return run(command, input);
    }

    /** {@return all that a command says} */
    public static String run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IOException("It did not end: " + said);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
