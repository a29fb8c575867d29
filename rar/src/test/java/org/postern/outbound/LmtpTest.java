package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** LMTP (RFC 2033): one reply for each recipient that was accepted. */
class LmtpTest {

    private static final Envelope ENVELOPE =
            Envelope.of("a@example.org", "b@example.org", "c@example.org", "d@example.org");

    private static final String ENVELOPE_SENT =
            """
            S: 220 store LMTP
            C: LHLO gateway.example.org
            S: 250-store
            S: 250-CHUNKING
            S: 250 PIPELINING
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.org>
            C: RCPT TO:<c@example.org>
            C: RCPT TO:<d@example.org>
            C: DATA
            S: 250 OK
            S: 250 OK
            S: 550 5.1.1 No c
            S: 250 OK
            S: 354 Go
            DATA
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
    void eachRecipientShouldHaveItsOwnReply() throws Exception {
        try (ScriptedServer server = server("S: 250 2.1.5 b has it\nS: 452 4.2.2 d is full")) {
            Receipt receipt = send(server, "x");
            assertThat(receipt.results())
                    .extracting(result -> result.reply().toString())
                    .containsExactly("250 2.1.5 b has it", "550 5.1.1 No c", "452 4.2.2 d is full");
        }
    }

    @Test
    void largeMessageShouldHaveAReplyForEachToo() throws Exception {
        try (ScriptedServer server = server("S: 250 b has it\nS: 250 d has it")) {
            assertThat(send(server, "x".repeat(70) + "\r\n" + ("y".repeat(70) + "\r\n").repeat(2000))
                            .refused())
                    .hasSize(1);
        }
    }

    @Test
    void messageThatNobodyHasShouldFailWithAllReplies() throws Exception {
        try (ScriptedServer server = server("S: 552 5.2.2 b is full\nS: 451 4.3.0 d later")) {
            MailDeliveryException failure = catchThrowableOfType(MailDeliveryException.class, () -> send(server, "x"));
            assertThat(failure.results())
                    .extracting(result -> result.reply().code())
                    .containsExactly(552, 550, 451);
            assertThat(failure.isTemporary()).isTrue();
        }
    }

    @Test
    void serverThatLeavesInBetweenShouldKeepTheRest() throws Exception {
        try (ScriptedServer server = server("S: 250 b has it\nHANG UP")) {
            assertThat(send(server, "x").results())
                    .extracting(result -> result.reply().code())
                    .containsExactly(250, 550, 421);
        }
    }

    private static ScriptedServer server(String ends) throws Exception {
        return new ScriptedServer(tls.server(), List.of(ENVELOPE_SENT + ends));
    }

    private static Receipt send(ScriptedServer server, String text) throws MailDeliveryException {
        NextHop hop = NextHop.lmtp("localhost", server.port());
        try (Connection connection = clients.client(() -> inClear).connection(hop)) {
            return connection.send(ENVELOPE, MailContent.of(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
