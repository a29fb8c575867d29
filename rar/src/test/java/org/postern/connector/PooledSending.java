package org.postern.connector;

import jakarta.resource.ResourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailConnectionFactory;
import org.postern.MailContent;
import org.postern.outbound.ScriptedServer;
import org.postern.outbound.TestClients;
import org.postern.outbound.TestTls;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** Tests that send over a container's pool to servers that play transcripts. */
abstract class PooledSending {

    static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));

    static final String OPENING =
            """
            S: 220 mx.example.org
            C: EHLO gateway.example.org
            S: 250-mx.example.org
            S: 250 PIPELINING
            """;
    static final String MESSAGE =
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.org>
            C: DATA
            S: 250 OK
            S: 250 OK
            S: 354 Go
            DATA
            S: 250 taken
            """;

    @AutoClose
    private static TestClients clients;

    @AutoClose
    private static TestTls tls;

    static ClientTls inClear;

    final TinyPool pool = new TinyPool();
    MailManagedConnectionFactory managed;
    MailConnectionFactory factory;

    @BeforeAll
    static void start(@TempDir Path folder) {
        clients = new TestClients();
        tls = new TestTls(Engine.best(), folder);
        inClear = tls.client(ClientLevel.NONE);
    }

    @BeforeEach
    void deploy() throws ResourceException {
        deploy(clients);
    }

    void deploy(TestClients used) throws ResourceException {
        managed = new MailManagedConnectionFactory();
        managed.setResourceAdapter(new TestAdapter(used.client(() -> inClear)));
        factory = (MailConnectionFactory) managed.createConnectionFactory(pool);
    }

    static ScriptedServer server(String... transcripts) throws IOException {
        return new ScriptedServer(tls.server(), List.of(transcripts));
    }
}
