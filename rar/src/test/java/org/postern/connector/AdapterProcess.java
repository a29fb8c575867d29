package org.postern.connector;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.postern.InboundMail;
import org.postern.container.Bean;
import org.postern.container.Container;
import org.postern.container.TestClient;

/**
 * An adapter in a process of its own, for what a process can suffer: to be killed, to have little memory, to have no room on its
 * disk. Its bean's transaction writes the first line of the body of each message to a journal as it commits.
 */
final class AdapterProcess implements AutoCloseable {

    private static final String READY = "ready ";

    private static final String FIGURES = "org.postern:type=ListenerStatistics,name=smtp";

    private final Process process;
    private final BufferedReader output;
    private final int port;
    private final int implicitTlsPort;

    private AdapterProcess(Process process) throws IOException {
        this.process = process;
        output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("The process has ended.");
        }
        String[] ports = line.substring(READY.length()).split(" ");
        port = Integer.parseInt(ports[0]);
        implicitTlsPort = Integer.parseInt(ports[1]);
    }

    /**
     * Starts one.
     *
     * @param limits a command that the JVM's is put behind, such as {@code prlimit} with its arguments
     * @param options of the JVM
     * @param folder of its data and its journal
     */
    static AdapterProcess start(List<String> limits, List<String> options, Path folder) throws IOException {
        List<String> command = new ArrayList<>(limits);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AdapterProcess.class.getName()));
        command.add(folder.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("log").toFile())
                .start();
        try {
            return new AdapterProcess(process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** {@return a client that was greeted} */
    TestClient connect() throws IOException {
        TestClient client = new TestClient(new InetSocketAddress("127.0.0.1", port), false);
        client.reply();
        return client;
    }

    int implicitTlsPort() {
        return implicitTlsPort;
    }

    /** {@return one of the listener's figures, as its bean shows it; a list as its lines, separated by commas} */
    String figure(String attribute) throws IOException {
        process.outputWriter().append(attribute).append('\n').flush();
        return output.readLine();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    static Path journal(Path folder) {
        return folder.resolve("journal");
    }

    static Path spool(Path folder) {
        return folder.resolve("data").resolve("spool");
    }

    @Override
    public void close() {
        kill();
    }

    /** Ends it as kill -9 does. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        var container = new Container(80);
        var adapter = new PosternResourceAdapter();
        adapter.setDataDirectory(folder.resolve("data").toString());
        adapter.setHost("127.0.0.1");
        adapter.setPort("0");
        adapter.setImplicitTlsPort("0");
        adapter.setHostName("mx.example.org");
        var spec = new MailActivationSpec();
        spec.setRecipients("*");
        adapter.start(container);
        try (FileChannel journal =
                FileChannel.open(journal(folder), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            adapter.endpointActivation(new Bean(container, mail -> take(mail, container, journal)), spec);
            var server = ManagementFactory.getPlatformMBeanServer();
            var listener = new ObjectName("org.postern:type=Listener,name=smtp");
            while (!"OPEN".equals(server.getAttribute(listener, "State"))) {
                Thread.onSpinWait();
            }
            System.out.println(READY + server.getAttribute(listener, "Port") + " "
                    + server.getAttribute(listener, "ImplicitTlsPort"));
            tellFigures(server);
        }
    }

    /** Tells what it is asked for, for as long as there may be somebody to ask. */
    private static void tellFigures(MBeanServer server) throws IOException, JMException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String attribute = in.readLine(); attribute != null; attribute = in.readLine()) {
            Object figure = server.getAttribute(new ObjectName(FIGURES), attribute);
            System.out.println(figure instanceof String[] lines ? String.join(",", lines) : figure);
        }
        System.exit(0);
    }

    private static void take(InboundMail mail, Container container, FileChannel journal) {
        String token = token(mail);
        container.transactions().registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                commit(journal, token);
            }

            @Override
            public void afterCompletion(int status) {
                if (status != Status.STATUS_COMMITTED) {
                    throw new IllegalStateException("Not committed.");
                }
            }
        });
    }

    private static String token(InboundMail mail) {
        try (InputStream in = mail.content().stream()) {
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            String line = reader.readLine();
            while (!line.isEmpty()) {
                line = reader.readLine();
            }
            String token = reader.readLine();
            in.transferTo(OutputStream.nullOutputStream());
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void commit(FileChannel journal, String token) {
        try {
            journal.write(ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.UTF_8)));
            journal.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
