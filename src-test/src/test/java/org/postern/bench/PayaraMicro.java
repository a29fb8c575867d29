package org.postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.postern.test.ChildProcess;

/** Payara Micro with Postern's adapter and an application beside it, Postern's log of messages switched off. */
final class PayaraMicro {

    private static final String LOGGING = "handlers=java.util.logging.ConsoleHandler\n.level=WARNING\n"
            + "org.postern.level=INFO\norg.postern.mail.level=WARNING\njava.util.logging.ConsoleHandler.level=INFO\n";

    private PayaraMicro() {}

    /** Starts one; flags are its JVM's. The data directory is {@code data} in the folder. */
    static ChildProcess start(Path folder, Archive<?> application, List<String> flags) throws IOException {
        Path archive = folder.resolve(application.getName());
        application.as(ZipExporter.class).exportTo(archive.toFile(), true);
        Path log = Files.writeString(folder.resolve("logging.properties"), LOGGING);
        Path micro = Path.of(System.getProperty("postern.test.micro"));
        Stream<String> server = Stream.of(
                "-Dpostern.dataDirectory=" + folder.resolve("data"),
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
        return ChildProcess.start(
                folder,
                Map.of(),
                "",
                Stream.of(Stream.of(Tools.java()), flags.stream(), server)
                        .flatMap(arguments -> arguments)
                        .toList());
    }
}
