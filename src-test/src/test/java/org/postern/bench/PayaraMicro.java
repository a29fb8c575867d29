package org.postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.postern.test.ChildProcess;
import org.postern.test.MicroServer;

/** Payara Micro with Postern's adapter and an application beside it, Postern's log of messages switched off. */
final class PayaraMicro {

    private static final String LOGGING = "handlers=java.util.logging.ConsoleHandler\n.level=WARNING\n"
            + "org.postern.level=INFO\norg.postern.mail.level=WARNING\njava.util.logging.ConsoleHandler.level=INFO\n";

    private PayaraMicro() {}

    /** Starts one; flags are its JVM's. The data directory is {@code data} in the folder. */
    static ChildProcess start(Path folder, Archive<?> application, List<String> flags) throws IOException {
        Path log = Files.writeString(folder.resolve("logging.properties"), LOGGING);
        Stream<String> data = Stream.of("-Dpostern.dataDirectory=" + folder.resolve("data"));
        return MicroServer.launch(folder, Stream.concat(flags.stream(), data).toList(), log, application);
    }
}
