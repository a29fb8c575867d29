package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailContent;
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
                    connection.send(
                            Envelope.of("a@example.org", "b@example.org", "c@example.org"),
                            MailContent.of("12345678\r\n".getBytes(StandardCharsets.US_ASCII)));
                }
                assertThat(server.sessions()).isEqualTo(1);
            }
        }
    }
}
