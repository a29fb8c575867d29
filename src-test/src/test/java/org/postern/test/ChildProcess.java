package org.postern.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A process that the test started, with all that it printed. It and its own children end with the test. */
public final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "output of a child process");

    private volatile boolean closing;

    private ChildProcess(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a process.
     *
     * @param folder its working directory
     * @param environment what to add to the environment
     * @param input its standard input
     * @param command program and arguments
     */
    public static ChildProcess start(Path folder, Map<String, String> environment, String input, List<String> command)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        }
        return new ChildProcess(process);
    }

    /** {@return a line that it has printed, or will print soon, and that contains a text} */
    public String awaitLine(String text) {
        Optional<String> line = Waiting.forValue("a line with \"" + text + "\"", () -> {
            Optional<String> found = find(text);
            return found.isEmpty() && !process.isAlive() && !reader.isAlive()
                    ? Optional.of(find(text))
                    : found.map(Optional::of);
        });
        return line.orElseThrow(() -> new AssertionError("It ended without \"" + text + "\":\n" + output()));
    }

    /** Waits for its end. {@return its exit code} */
    public int awaitExit() {
        return awaitExit(Waiting.PATIENCE);
    }

    /** Waits for its end for a time of its own. {@return its exit code} */
    public int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("It did not end:\n" + output());
            }
            reader.join(Waiting.PATIENCE.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to end, as an operating system does (SIGTERM). */
    public void terminate() {
        // Java closes the output of a process that it ends in whatever way.
        closing = true;
        process.destroy();
    }

    /** {@return what it has printed, line by line} */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** {@return what it has printed} */
    public String output() {
        return String.join("\n", lines);
    }

    /** {@return its process id} */
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        closing = true;
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit();
    }

    private Optional<String> find(String text) {
        return lines.stream().filter(line -> line.contains(text)).findFirst();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // A process that is ended from here takes its output with it.
            if (!closing) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
