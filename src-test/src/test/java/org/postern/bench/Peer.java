package org.postern.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.postern.test.ChildProcess;

/**
 * A server that is measured.
 *
 * @param name as in the table
 * @param process what is paid for, with all its children
 * @param port where it listens
 */
record Peer(String name, ChildProcess process, int port) implements AutoCloseable {

    /** {@return the sink in C, the floor} */
    static Peer sink(Path folder, Tools tools) throws IOException {
        int port = Tools.freePort();
        ChildProcess process = ChildProcess.start(
                folder,
                Map.of(),
                "",
                List.of(
                        tools.sink().toString(),
                        "-P",
                        Integer.toString(port),
                        "-m",
                        "starttls",
                        "--cert",
                        tools.certificate().toString(),
                        "--key",
                        tools.key().toString()));
        return new Peer("smtpsink (C)", process, port);
    }

    /** {@return SubEthaSMTP, as it comes} */
    static Peer subEtha(Path folder, Tools tools) throws IOException {
        int port = Tools.freePort();
        ChildProcess process = ChildProcess.start(
                folder,
                Map.of(),
                "",
                List.of(
                        Tools.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SubEthaSink.class.getName(),
                        Integer.toString(port),
                        tools.keyStore().toString()));
        process.awaitLine(SubEthaSink.READY);
        return new Peer("SubEthaSMTP", process, port);
    }

    /** {@return Postern on Payara Micro with a bean that throws mail away, its log of messages switched off; flags are its JVM's} */
    static Peer postern(Path folder, List<String> flags) throws IOException {
        int port = Tools.freePort();
        JavaArchive bean = ShrinkWrap.create(JavaArchive.class, "discard.jar").addClass(Discard.class);
        List<String> settings = List.of(
                "-Dpostern.host=127.0.0.1",
                "-Dpostern.port=" + port,
                "-Dpostern.acceptedDomains=sink.test",
                "-Dpostern.maxSessionsPerAddress=0");
        ChildProcess process = PayaraMicro.start(
                folder, bean, Stream.concat(flags.stream(), settings.stream()).toList());
        process.awaitLine("Postern is ready");
        return new Peer("Postern", process, port);
    }

    @Override
    public void close() {
        process.close();
    }
}
