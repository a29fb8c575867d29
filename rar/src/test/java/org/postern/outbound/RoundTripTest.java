package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** How often a message waits for the server. */
class RoundTripTest {

    private static final String OPENING =
            """
            S: 220 mx
            C: EHLO gateway.example.org
            S: 250-mx
            S: 250-PIPELINING
            S: 250-CHUNKING
            S: 250 STARTTLS
            C: STARTTLS
            S: 220 Go ahead
            TLS
            C: EHLO gateway.example.org
            S: 250-mx
            S: 250-PIPELINING
            S: 250 CHUNKING
            """;

    /** The server speaks once only, when it has everything. */
    private static final String ONE_ROUND_TRIP =
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.org>
            C: RCPT TO:<c@example.org>
            C: BDAT 10 LAST
            CONTENT 10
            S: 250 OK
            S: 250 OK
            S: 250 OK
            S: 250 taken
            """;

    @Test
    void messageOnAKeptConnectionShouldTakeOne(@TempDir Path folder) throws Exception {
        try (TestClients clients = new TestClients();
                TestTls tls = new TestTls(Engine.best(), folder)) {
            ClientTls verified = tls.client(ClientLevel.REQUIRE_AND_VERIFY);
            try (ScriptedServer server =
                            new ScriptedServer(tls.server(), List.of(OPENING + ONE_ROUND_TRIP.repeat(10)));
                    Connection connection = clients.client(() -> verified).connection(server.nextHop())) {
                for (int i = 0; i < 10; i++) {
                    assertThat(outcome(connection)).isEqualTo("250 taken");
                }
                assertThat(server.sessions()).isEqualTo(1);
            }
        }
    }

    /** QUIT is part of the last flight, and what it is answered is nobody's message. */
    @ParameterizedTest
    @ValueSource(strings = {"250 taken", "554 5.6.0 no"})
    void lastMessageShouldTakeOneWithTheEndOfTheConnection(String verdict, @TempDir Path folder) throws Exception {
        Duration any = Duration.ofSeconds(20);
        var twoMessages = new Timeouts(any, any, any, any, any, any, any, new Lifetime(2, Duration.ZERO));
        String last =
                ONE_ROUND_TRIP.replace("CONTENT 10", "CONTENT 10\nC: QUIT").replace("250 taken", verdict)
                        + "S: 221 bye\n";
        List<String> session = List.of(OPENING + ONE_ROUND_TRIP + last);
        try (TestClients clients = new TestClients();
                TestTls tls = new TestTls(Engine.best(), folder)) {
            ClientTls verified = tls.client(ClientLevel.REQUIRE_AND_VERIFY);
            try (ScriptedServer server = new ScriptedServer(tls.server(), List.of(session.get(0), session.get(0)));
                    Connection connection =
                            clients.client(() -> verified, twoMessages).connection(server.nextHop())) {
                for (int i = 0; i < 2; i++) {
                    assertThat(outcome(connection)).isEqualTo("250 taken");
                    assertThat(outcome(connection)).isEqualTo(verdict);
                    assertThat(connection.isBroken()).isFalse();
                }
                assertThat(server.sessions()).isEqualTo(2);
            }
        }
    }

    /** Also behind content that ends by a dot, but only where commands may be sent together at all. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void quitShouldNotWaitForTheReplyWhereItNeedNot(boolean together, @TempDir Path folder) throws Exception {
        Duration any = Duration.ofSeconds(20);
        var oneMessage = new Timeouts(any, any, any, any, any, any, any, new Lifetime(1, Duration.ZERO));
        String answers = "S: 250 OK\n";
        String envelope = together
                ? "C: MAIL FROM:<a@example.org>\nC: RCPT TO:<b@example.org>\nC: RCPT TO:<c@example.org>\nC: DATA\n"
                        + answers.repeat(3)
                : "C: MAIL FROM:<a@example.org> SIZE=10\n" + answers + "C: RCPT TO:<b@example.org>\n" + answers
                        + "C: RCPT TO:<c@example.org>\n" + answers + "C: DATA\n";
        String session = "S: 220 mx\nC: EHLO gateway.example.org\nS: 250-mx\n"
                + (together ? "S: 250 PIPELINING\n" : "S: 250 SIZE\n")
                + envelope + "S: 354 Go\nDATA\n"
                + (together ? "C: QUIT\nS: 250 taken\n" : "WAITS\nS: 250 taken\nC: QUIT\n") + "S: 221 bye\n";
        try (TestClients clients = new TestClients();
                TestTls tls = new TestTls(Engine.best(), folder)) {
            ClientTls none = tls.client(ClientLevel.NONE);
            try (ScriptedServer server = new ScriptedServer(tls.server(), List.of(session));
                    Connection connection =
                            clients.client(() -> none, oneMessage).connection(server.nextHop())) {
                assertThat(outcome(connection)).isEqualTo("250 taken");
            }
        }
    }

    private static String outcome(Connection connection) {
        try {
            return connection
                    .send(
                            Envelope.of("a@example.org", "b@example.org", "c@example.org"),
                            MailContent.of("12345678\r\n".getBytes(StandardCharsets.US_ASCII)))
                    .reply()
                    .toString();
        } catch (MailDeliveryException e) {
            return e.reply().toString();
        }
    }
}
