package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.Receipt;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** Tests of the dialogue of one message. Lines of the client in a row were written without waiting for replies between them. */
abstract class DialogueTest {

    static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org", "c@example.org");

    static TestClients clients;
    static ClientTls inClear;
    static TestTls tls;

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

    static ScriptedServer server(String feature, String other, String dialogue) throws IOException {
        String greeting =
                """
                S: 220 mx.example.org
                C: EHLO gateway.example.org
                S: 250-mx.example.org
                S: 250-%s
                S: 250 %s
                """
                        .formatted(feature, other);
        return new ScriptedServer(tls.server(), List.of(greeting + dialogue));
    }

    static MailDeliveryException fail(String feature, String other, String dialogue) throws IOException {
        return fail(feature, other, "x\r\n", dialogue);
    }

    static MailDeliveryException fail(String feature, String other, String text, String dialogue) throws IOException {
        try (ScriptedServer server = server(feature, other, dialogue)) {
            MailDeliveryException failure = catchThrowableOfType(MailDeliveryException.class, () -> send(server, text));
            assertThat(failure).isNotNull();
            return failure;
        }
    }

    static Receipt send(ScriptedServer server, String text) throws MailDeliveryException {
        return send(server, text, TestClients.PATIENT);
    }

    static Receipt send(ScriptedServer server, String text, Timeouts timeouts) throws MailDeliveryException {
        return send(server, MailContent.of(text.getBytes(StandardCharsets.UTF_8)), timeouts);
    }

    static Receipt send(ScriptedServer server, MailContent content, Timeouts timeouts) throws MailDeliveryException {
        Client client = clients.client(() -> inClear, timeouts);
        try (Connection connection = client.connection(server.nextHop())) {
            return connection.send(ENVELOPE, content);
        }
    }

    static String content(ScriptedServer server) {
        return new String(server.contents().get(0), StandardCharsets.UTF_8);
    }
}
