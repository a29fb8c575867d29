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
 * @param pid of the process that is paid for, with all its children
 * @param port where it listens
 * @param closing how it is ended
 */
record Peer(String name, long pid, int port, Closing closing) implements AutoCloseable {

    static final String SINK = "smtpsink (C)";
    static final String SUB_ETHA = "SubEthaSMTP";
    static final String POSTERN = "Postern";

    /** How it is ended. */
    @FunctionalInterface
    interface Closing {
        void close() throws IOException;
    }

    private static Peer of(String name, ChildProcess process, int port) {
        return new Peer(name, process.pid(), port, process::close);
    }

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
        return of(SINK, process, port);
    }

    /** {@return SubEthaSMTP, as it comes; flags are its JVM's} */
    static Peer subEtha(Path folder, Tools tools, List<String> flags) throws IOException {
        int port = Tools.freePort();
        ChildProcess process = ChildProcess.start(
                folder,
                Map.of(),
                "",
                Tools.java(
                        flags,
                        SubEthaSink.class,
                        Integer.toString(port),
                        tools.keyStore().toString()));
        process.awaitLine(SubEthaSink.READY);
        return of(SUB_ETHA, process, port);
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
        return of(POSTERN, process, port);
    }

    /** {@return smtp-server of nodemailer's makers, in a folder, with a handler that reads and throws away} */
    static Peer smtpServer(Path folder, Tools tools, Path smtpServer) throws IOException {
        int port = Tools.freePort();
        ChildProcess process = ChildProcess.start(
                folder,
                Map.of(),
                "",
                List.of(
                        "node",
                        Tools.NODE_SCRIPTS.resolve("smtp-server.js").toString(),
                        smtpServer.toString(),
                        Integer.toString(port),
                        tools.key().toString(),
                        tools.certificate().toString()));
        process.awaitLine("smtp-server is ready");
        return of("smtp-server", process, port);
    }

    /** {@return Postfix, which writes each message to its queue and then to its discard(8)} */
    static Peer postfix(Path folder, Tools tools) throws IOException {
        PostfixServer server = PostfixServer.start(
                folder.resolve("postfix"),
                List.of(
                        "default_transport = discard:",
                        "smtpd_recipient_restrictions = permit_mynetworks, reject",
                        "smtpd_tls_security_level = may",
                        "smtpd_tls_cert_file = " + tools.certificate(),
                        "smtpd_tls_key_file = " + tools.key()));
        return new Peer(PostfixServer.NAME, server.pid(), server.port(), server::close);
    }

    /** {@return whether it gets faster by being used: nothing is compiled in the others while they run} */
    boolean warmsUp() {
        return !SINK.equals(name) && !PostfixServer.NAME.equals(name);
    }

    /** {@return whether it stands in the table only for comparison, so that fewer messages are enough} */
    boolean isCompared() {
        return !SINK.equals(name) && !POSTERN.equals(name);
    }

    /** {@return whether its memory is that of a JVM, which takes more than it needs} */
    boolean runsOnJava() {
        return POSTERN.equals(name) || SUB_ETHA.equals(name);
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
