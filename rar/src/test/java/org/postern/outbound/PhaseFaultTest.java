package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/**
 * A next hop that misbehaves in each phase of its first dialogue and is well afterwards: no message hangs, each fault is
 * temporary, and the next message goes on the same connection of the pool.
 */
class PhaseFaultTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));
    private static final Duration BRIEF = Duration.ofMillis(300);

    private static TestClients clients;
    private static TestTls tls;
    private static ClientTls inClear;

    /** What the server does instead of answering. */
    enum Fault {
        CLOSES,
        STALLS,
        GARBAGE,
        ENDLESS_LINE,
        ENDLESS_REPLY,
        CLOSING,
        DRIPS,
        INTERMEDIATE
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        clients = new TestClients();
        tls = new TestTls(Engine.best(), folder);
        inClear = tls.client(ClientLevel.NONE);
    }

    @AfterAll
    static void stop() {
        clients.close();
        tls.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    @Timeout(120)
    void faultShouldBeTemporaryAndTheNextMessageGo(Fault fault) throws Exception {
        for (String phase : new String[] {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "end"}) {
            if (fault == Fault.INTERMEDIATE && phase.equals("DATA")) {
                // There it is what the server ought to say.
                continue;
            }
            try (Server server = new Server(phase, fault);
                    Connection connection = clients.client(
                                    () -> inClear, TestClients.timeouts(BRIEF, Duration.ofSeconds(20)))
                            .connection(NextHop.of("127.0.0.1", server.port()))) {
                MailDeliveryException failure =
                        catchThrowableOfType(MailDeliveryException.class, () -> connection.send(ENVELOPE, CONTENT));
                assertThat(failure).as("%s at %s", fault, phase).isNotNull();
                assertThat(failure.isTemporary())
                        .as("%s at %s: %s", fault, phase, failure)
                        .isTrue();
                assertThat(failure).hasMessageContaining("127.0.0.1:" + server.port());
                assertThat(connection.send(ENVELOPE, CONTENT).isComplete())
                        .as("after %s at %s", fault, phase)
                        .isTrue();
            }
        }
    }

    /** Takes mail, but for one reply of its first connection. */
    private static final class Server implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final AtomicInteger connections = new AtomicInteger();
        private final String phase;
        private final Fault fault;

        Server(String phase, Fault fault) throws IOException {
            this.phase = phase;
            this.fault = fault;
            threads.execute(this::accept);
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listener.close();
            threads.shutdownNow();
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    boolean first = connections.incrementAndGet() == 1;
                    threads.execute(() -> serve(socket, first));
                } catch (IOException closed) {
                    continue;
                }
            }
        }

        private void serve(Socket accepted, boolean first) {
            try (Socket socket = accepted) {
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream out = socket.getOutputStream();
                boolean faulty = first;
                faulty = answer("greeting", "220 peer", out, in, faulty);
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    String verb = line.split("[ :]")[0];
                    switch (verb) {
                        case "DATA" -> {
                            faulty = answer("DATA", "354 Go", out, in, faulty);
                            for (String next = in.readLine(); next != null && !next.equals("."); next = in.readLine()) {
                                continue;
                            }
                            faulty = answer("end", "250 taken", out, in, faulty);
                        }
                        default -> faulty = answer(verb, "250 OK", out, in, faulty);
                    }
                }
            } catch (IOException gone) {
                // The client has left, as it should.
                return;
            }
        }

        /** {@return whether a fault is still to come} */
        private boolean answer(String now, String good, OutputStream out, BufferedReader in, boolean faulty)
                throws IOException {
            if (!faulty || !now.equals(phase)) {
                say(out, good + "\r\n");
                return faulty;
            }
            switch (fault) {
                case CLOSES -> throw new IOException("closed");
                case STALLS -> awaitLeave(in);
                case GARBAGE -> say(out, "HTTP/1.1 400 Bad Request\r\n\r\n");
                case ENDLESS_LINE -> say(out, "250 " + "x".repeat(100_000) + "\r\n");
                case ENDLESS_REPLY -> say(out, "250-x\r\n".repeat(10_000));
                case CLOSING -> say(out, "421 4.3.2 Going down\r\n");
                case INTERMEDIATE -> say(out, "354 What?\r\n");
                case DRIPS -> drip(out, in);
                default -> throw new IllegalStateException();
            }
            return false;
        }

        private static void drip(OutputStream out, BufferedReader in) throws IOException {
            say(out, "2");
            awaitLeave(in);
        }

        private static void awaitLeave(BufferedReader in) throws IOException {
            while (in.read() >= 0) {
                continue;
            }
            throw new IOException("the client left");
        }

        private static void say(OutputStream out, String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
