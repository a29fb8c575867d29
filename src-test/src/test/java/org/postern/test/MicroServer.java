package org.postern.test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** Payara Micro with the adapter and an application beside it, in a process that a test may do anything to. */
public final class MicroServer {

    private MicroServer() {}

    /**
     * Starts one, and does not wait.
     *
     * @param folder its working directory; the application is put there
     * @param flags of its JVM, such as {@code -Dpostern.port=0}
     * @param log its logging configuration
     * @param application is deployed after the adapter
     * @param options more of the server's own, such as {@code --prebootcommandfile}
     */
    public static ChildProcess launch(
            Path folder, List<String> flags, Path log, Archive<?> application, String... options) throws IOException {
        Path archive = folder.resolve(application.getName());
        application.as(ZipExporter.class).exportTo(archive.toFile(), true);
        Path micro = Path.of(System.getProperty("postern.test.micro"));
        List<String> arguments = List.of(
                "-jar",
                micro.toString(),
                "--nohazelcast",
                "--disablephonehome",
                "--autobindhttp",
                "--logproperties",
                log.toString(),
                "--deploy",
                micro.resolveSibling("postern-ra.rar").toString(),
                "--deploy",
                archive.toString());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return ChildProcess.start(
                folder,
                Map.of(),
                "",
                Stream.of(Stream.of(java), flags.stream(), arguments.stream(), Stream.of(options))
                        .flatMap(each -> each)
                        .toList());
    }
}
