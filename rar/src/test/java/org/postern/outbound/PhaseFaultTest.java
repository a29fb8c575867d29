package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.Credentials;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Decision;
import org.postern.tls.Engine;

/**
 * A next hop that misbehaves in each phase of its first dialogue and is well afterwards: no message hangs, each fault is
 * temporary, and the next message goes on the same connection of the pool.
 */
class PhaseFaultTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));
    private static final Duration BRIEF = Duration.ofMillis(300);

    /** A server that has just ended a handshake needs a little longer. */
    private static final Duration LONGER = Duration.ofSeconds(1);

    @AutoClose
    private static final TestClients clients = new TestClients();

    @AutoClose
    private static TestTls tls;

    private static ClientTls inClear;
    private static ClientTls attempt;
    private static ClientTls required;
    private static SSLContext served;

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
        tls = new TestTls(Engine.best(), folder);
        inClear = tls.client(ClientLevel.NONE);
        attempt = tls.client(ClientLevel.ATTEMPT);
        required = tls.client(ClientLevel.REQUIRE);
        served = tls.server();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    @Timeout(120)
    void faultShouldBeTemporaryAndTheNextMessageGo(Fault fault) throws Exception {
        Client client = clients.client(() -> inClear, TestClients.timeouts(BRIEF, Duration.ofSeconds(20)));
        for (String phase : new String[] {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "end"}) {
            if (fault == Fault.INTERMEDIATE && phase.equals("DATA")) {
                // There it is what the server ought to say.
                continue;
            }
            check(client, phase, fault);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    @Timeout(120)
    void soShouldItBeWhereTlsAndASenderAreToBeProven(Fault fault) throws Exception {
        for (ClientTls settings : new ClientTls[] {attempt, required}) {
            // Neither is a fault an answer that lets a message go in clear, nor one that makes anybody known.
            check(client(settings, Optional.empty()), "STARTTLS", fault);
            Optional<Credentials> joe = Optional.of(Credentials.password("joe", "secret".toCharArray()));
            for (String phase : new String[] {"STARTTLS", "EHLO over TLS", "AUTH"}) {
                check(client(settings, joe), phase, fault);
            }
        }
    }

    private static Client client(ClientTls settings, Optional<Credentials> credentials) {
        return clients.client(
                new Proven(settings, new Login(credentials, true, false)),
                TestClients.timeouts(LONGER, Duration.ofSeconds(20)));
    }

    private static void check(Client client, String phase, Fault fault) throws Exception {
        try (Server server = new Server(phase, fault);
                Connection connection = client.connection(NextHop.of("127.0.0.1", server.port()))) {
            MailDeliveryException failure =
                    catchThrowableOfType(MailDeliveryException.class, () -> connection.send(ENVELOPE, CONTENT));
            assertThat(failure).as("%s at %s", fault, phase).isNotNull();
            assertThat(failure.isTemporary())
                    .as("%s at %s: %s", fault, phase, failure)
                    .isTrue();
            assertThat(failure).hasMessageContaining("127.0.0.1:" + server.port());
            assertThat(server.taken).isEmpty();
            Receipt receipt = connection.send(ENVELOPE, CONTENT);
            assertThat(receipt.isComplete()).as("after %s at %s", fault, phase).isTrue();
            assertThat(receipt.tls().isPresent())
                    .isEqualTo(
                            client.terms(connection.nextHop(), Optional.empty()).level() != ClientLevel.NONE);
            assertThat(server.taken).hasSize(1);
        }
    }

    /** No policies, and always the same who sends. */
    private record Proven(ClientTls tls, Login login) implements Directions {

        @Override
        public NextHop effective(NextHop asked) {
            return asked;
        }

        @Override
        public Decision decide(NextHop effective) {
            return new Decision(Optional.empty(), Optional.empty(), tls);
        }

        @Override
        public Login login(NextHop effective, Optional<Credentials> given) {
            return login;
        }
    }

    /** Takes mail, but for one reply of its first connection. */
    private static final class Server implements AutoCloseable {

        private final Acceptor acceptor;
        private final AtomicInteger connections = new AtomicInteger();
        private final List<String> taken = new CopyOnWriteArrayList<>();
        private final String phase;
        private final Fault fault;

        Server(String phase, Fault fault) throws IOException {
            this.phase = phase;
            this.fault = fault;
            acceptor = new Acceptor("127.0.0.1", this::serve);
        }

        int port() {
            return acceptor.port();
        }

        @Override
        public void close() throws IOException {
            acceptor.close();
        }

        private void serve(Socket accepted) {
            boolean first = connections.incrementAndGet() == 1;
            try (Socket socket = accepted) {
                boolean faulty = answer("greeting", "220 peer", socket.getOutputStream(), reader(socket), first);
                if (converse(socket, "", "STARTTLS", faulty)) {
                    SSLSocket secure = (SSLSocket) served.getSocketFactory().createSocket(socket, null, true);
                    secure.setUseClientMode(false);
                    secure.startHandshake();
                    converse(secure, " over TLS", "AUTH PLAIN", faulty);
                }
            } catch (IOException gone) {
                // The client has left, as it should.
                return;
            }
        }

        /** {@return whether TLS comes next} */
        private boolean converse(Socket socket, String how, String offer, boolean first) throws IOException {
            BufferedReader in = reader(socket);
            OutputStream out = socket.getOutputStream();
            boolean faulty = first;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.split("[ :]")[0];
                switch (verb) {
                    case "EHLO" -> faulty = answer(verb + how, "250-peer\r\n250 " + offer, out, in, faulty);
                    case "STARTTLS" -> {
                        boolean isGood = !isFaulty(verb, faulty);
                        faulty = answer(verb, "220 Go", out, in, faulty);
                        if (isGood) {
                            return true;
                        }
                    }
                    case "AUTH" -> faulty = answer(verb, "235 Welcome", out, in, faulty);
                    case "DATA" -> {
                        faulty = answer("DATA", "354 Go", out, in, faulty);
                        String next = in.readLine();
                        while (next != null && !next.equals(".")) {
                            next = in.readLine();
                        }
                        if (next != null && !isFaulty("end", faulty)) {
                            taken.add(line);
                        }
                        faulty = answer("end", "250 taken", out, in, faulty);
                    }
                    default -> faulty = answer(verb, "250 OK", out, in, faulty);
                }
            }
            return false;
        }

        private static BufferedReader reader(Socket socket) throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        }

        private boolean isFaulty(String now, boolean faulty) {
            return faulty && now.equals(phase);
        }

        /** {@return whether a fault is still to come} */
        private boolean answer(String now, String good, OutputStream out, BufferedReader in, boolean faulty)
                throws IOException {
            if (!isFaulty(now, faulty)) {
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
