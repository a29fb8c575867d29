package org.postern.test.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postern.test.ChildProcess;
import org.postern.test.Management;

/** {@code java -jar postern-micro.jar}, with the settings of a test. */
final class RunningGateway implements AutoCloseable {

    static final String READY = "Postern is ready";

    private final ChildProcess process;
    private final Path folder;
    private final Management management;

    private RunningGateway(ChildProcess process, Path folder) throws IOException {
        this.process = process;
        this.folder = folder;
        this.management = Management.of(process.pid());
    }

    /** Starts the jar without waiting for anything. Settings are system properties, such as {@code port=0}. */
    static ChildProcess launch(Path folder, Map<String, String> environment, String... settings) throws IOException {
        List<String> flags = List.of(System.getProperty("postern.test.flags").split(" "));
        return launch(folder, environment, flags, settings);
    }

    private static ChildProcess launch(
            Path folder, Map<String, String> environment, List<String> flags, String... settings) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(flags);
        Stream.of(settings).map(setting -> "-Dpostern." + setting).forEach(command::add);
        command.addAll(List.of("-jar", jar()));
        return ChildProcess.start(folder, environment, "", command);
    }

    /** Starts the jar and waits until it is ready. */
    static RunningGateway start(Path folder, Map<String, String> environment, String... settings) throws IOException {
        return whenReady(launch(folder, environment, settings), folder);
    }

    /** The same with flags of its JVM that take the place of those for servers that live for seconds. */
    static RunningGateway startWithFlags(Path folder, List<String> flags, String... settings) throws IOException {
        return whenReady(launch(folder, Map.of(), flags, settings), folder);
    }

    private static RunningGateway whenReady(ChildProcess process, Path folder) throws IOException {
        try {
            process.awaitLine(READY);
            return new RunningGateway(process, folder);
        } catch (IOException | RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    static String jar() {
        return System.getProperty("postern.test.jar");
    }

    ChildProcess process() {
        return process;
    }

    Management management() {
        return management;
    }

    int port() {
        return management.number("Listener,name=smtp", "Port");
    }

    /** {@return the messages in the mailbox of somebody at localhost} */
    List<Path> mailbox(String localPart) throws IOException {
        Path unread = folder.resolve("postern-data")
                .resolve("mailboxes")
                .resolve("localhost")
                .resolve(localPart)
                .resolve("new");
        if (!Files.exists(unread)) {
            return List.of();
        }
        try (Stream<Path> messages = Files.list(unread)) {
            return messages.toList();
        }
    }

    /** Asks it to end. {@return its exit code} */
    int stop() throws IOException {
        process.terminate();
        return process.awaitExit();
    }

    @Override
    public void close() throws IOException {
        try {
            management.close();
        } catch (IOException e) {
            // The process has ended already.
        } finally {
            process.close();
        }
    }
}
