package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.Mailbox;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.Recipient;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** A connection from message to message. */
class ConnectionTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));
    private static final Timeouts TRUSTING = TestClients.PATIENT;
    private static final Timeouts CHECKING = TestClients.timeouts(Duration.ofSeconds(20), Duration.ZERO);

    private static final String OPENING =
            """
            S: 220 mx.example.org
            C: EHLO gateway.example.org
            S: 250-mx.example.org
            S: 250-PIPELINING
            S: 250 CHUNKING
            """;
    private static final String COMMANDS =
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.org>
            C: BDAT 3 LAST
            CONTENT 3
            """;
    private static final String MESSAGE =
            COMMANDS + """
            S: 250 OK
            S: 250 OK
            S: 250 taken
            """;

    @AutoClose
    private static final TestClients clients = new TestClients();

    @AutoClose
    private static TestTls tls;

    private static ClientTls inClear;

    @BeforeAll
    static void start(@TempDir Path folder) {
        tls = new TestTls(Engine.best(), folder);
        inClear = tls.client(ClientLevel.NONE);
    }

    @Test
    void nothingShouldBeOpenedBeforeTheFirstMessage() throws Exception {
        try (ScriptedServer server = server();
                Connection connection = connection(server, TRUSTING)) {
            assertThat(connection.isBroken()).isFalse();
            assertThat(server.sessions()).isZero();
        }
    }

    @Test
    void messagesShouldShareAConnection() throws Exception {
        try (ScriptedServer server = server(OPENING + MESSAGE + MESSAGE + MESSAGE);
                Connection connection = connection(server, TRUSTING)) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(connection).isComplete()).isTrue();
            }
        }
    }

    @Test
    void idleConnectionShouldBeTriedOutBeforeItIsUsed() throws Exception {
        try (ScriptedServer server = server(OPENING + MESSAGE + "C: RSET\nS: 250 OK\n" + MESSAGE);
                Connection connection = connection(server, CHECKING)) {
            send(connection);
            send(connection);
        }
    }

    @Test
    void idleConnectionThatTheServerLeavesShouldBeOpenedOnceMore() throws Exception {
        try (ScriptedServer server = server(OPENING + MESSAGE + "C: RSET\nHANG UP", OPENING + MESSAGE);
                Connection connection = connection(server, CHECKING)) {
            send(connection);
            assertThat(send(connection).isComplete()).isTrue();
        }
    }

    @Test
    void idleConnectionThatTheServerClosedShouldBeOpenedOnceMore() throws Exception {
        try (ScriptedServer server =
                        server(OPENING + MESSAGE + "C: RSET\nS: 421 4.4.2 Idle too long", OPENING + MESSAGE);
                Connection connection = connection(server, CHECKING)) {
            send(connection);
            assertThat(send(connection).isComplete()).isTrue();
        }
    }

    @Test
    void messageWhoseCommandsWentOutShouldNotBeSentTwice() throws Exception {
        try (ScriptedServer server = server(OPENING + MESSAGE + COMMANDS + "HANG UP");
                Connection connection = connection(server, TRUSTING)) {
            send(connection);
            assertThatThrownBy(() -> send(connection)).isInstanceOf(MailDeliveryException.class);
            assertThat(connection.isBroken()).isTrue();
            assertThat(server.sessions()).isEqualTo(1);
        }
    }

    @Test
    void refusedMessageShouldBeForgottenByTheServerBeforeTheNext() throws Exception {
        String refused = COMMANDS
                + """
                S: 250 OK
                S: 550 Nobody here
                S: 503 No recipients
                C: RSET
                S: 250 OK
                """;
        try (ScriptedServer server = server(OPENING + refused + MESSAGE);
                Connection connection = connection(server, TRUSTING)) {
            assertThatThrownBy(() -> send(connection)).isInstanceOf(MailDeliveryException.class);
            assertThat(connection.isBroken()).isFalse();
            assertThat(send(connection).isComplete()).isTrue();
        }
    }

    @Test
    void connectionMadeUnderOldTlsSettingsShouldNotBeUsedAgain() throws Exception {
        AtomicReference<ClientTls> current = new AtomicReference<>(inClear);
        String demanded =
                """
                S: 220 mx.example.org
                C: EHLO gateway.example.org
                S: 250-mx.example.org
                S: 250 STARTTLS
                C: STARTTLS
                S: 220 Go ahead
                TLS
                C: EHLO gateway.example.org
                S: 250-mx.example.org
                S: 250-PIPELINING
                S: 250 CHUNKING
                """;
        Client client = clients.client(current::get);
        try (ScriptedServer server = server(OPENING + MESSAGE, demanded + MESSAGE);
                Connection connection = client.connection(server.nextHop())) {
            assertThat(send(connection).tls()).isEmpty();
            current.set(tls.client(ClientLevel.REQUIRE_AND_VERIFY));
            assertThat(send(connection).tls()).isPresent();
        }
    }

    @Test
    void unreachableServerShouldMakeNoBrokenConnection() throws Exception {
        ScriptedServer gone = server();
        gone.close();
        try (Connection connection = connection(gone, TRUSTING)) {
            assertThatThrownBy(() -> send(connection)).isInstanceOf(MailDeliveryException.class);
            assertThat(connection.isBroken()).isFalse();
        }
    }

    @Test
    void parameterThatCannotBeSentShouldEndTheDialogueItWasFoundIn() throws Exception {
        String slow =
                """
                S: 220 mx.example.org
                C: EHLO gateway.example.org
                S: 250-mx.example.org
                S: 250 DSN
                C: MAIL FROM:<a@example.org>
                S: 250 OK
                """;
        Recipient bad = new Recipient(Mailbox.parse("b@example.org"), "NEVER\r\nDATA", "");
        try (ScriptedServer server = server(slow, OPENING + MESSAGE);
                Connection connection = connection(server, TRUSTING)) {
            assertThatThrownBy(() -> connection.send(ENVELOPE.withRecipients(List.of(bad)), CONTENT))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(send(connection).isComplete()).isTrue();
        }
    }

    @Test
    void closedConnectionShouldSendNothing() throws Exception {
        try (ScriptedServer server = server()) {
            Connection connection = connection(server, TRUSTING);
            connection.close();
            connection.close();
            assertThatThrownBy(() -> send(connection)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void interruptedThreadShouldStopWaiting() throws Exception {
        try (ScriptedServer server = server();
                Connection connection = connection(server, TRUSTING)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> send(connection))
                    .isInstanceOf(MailDeliveryException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** The connection becomes ready when nobody waits for it any more. */
    @Test
    void interruptedOpeningShouldSendNothingAndTakeLeave() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Connection connection = clients.client(() -> inClear, TRUSTING)
                        .connection(NextHop.of("localhost", listener.getLocalPort()))) {
            var outcome = new CompletableFuture<Receipt>();
            Thread sender = new Thread(() -> {
                try {
                    outcome.complete(send(connection));
                } catch (MailDeliveryException e) {
                    outcome.completeExceptionally(e);
                }
            });
            sender.start();
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout((int) TRUSTING.command().toMillis());
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                socket.getOutputStream().write("220 mx\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).startsWith("EHLO ");
                sender.interrupt();
                assertThatThrownBy(outcome::get).hasMessageContaining("interrupted");
                socket.getOutputStream().write("250 mx\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(in.readLine()).isEqualTo("QUIT");
            }
        }
    }

    private static ScriptedServer server(String... transcripts) throws IOException {
        return new ScriptedServer(tls.server(), List.of(transcripts));
    }

    private static Connection connection(ScriptedServer server, Timeouts timeouts) {
        return clients.client(() -> inClear, timeouts).connection(server.nextHop());
    }

    private static Receipt send(Connection connection) throws MailDeliveryException {
        return connection.send(ENVELOPE, CONTENT);
    }
}
