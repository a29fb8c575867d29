package org.postern.bench;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.resource.ResourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.postern.Envelope;
import org.postern.MailConnection;
import org.postern.MailConnectionFactory;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.outbound.OutboundSettings;

/**
 * Sends over Postern as an application does: it takes a connection from the injected factory for each message and gives it back.
 * Whether the container's pool keeps it connected is Postern's setting.
 */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SendingApplication {

    private static final Envelope ENVELOPE = Envelope.of("sender@load.test", "user0@sink.test");

    @Resource(lookup = "java:app/mail/postern")
    private MailConnectionFactory mail;

    @Resource
    private ManagedExecutorService threads;

    @PostConstruct
    void start() {
        int control = Integer.getInteger("benchmark.control");
        threads.submit(() -> {
            try {
                Commanded.obey(control, this::send);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void send(Commanded.Command command) throws Exception {
        String most = Integer.toString(command.kept() ? Way.KEPT : 1);
        var settings = mail.administration().settings();
        if (!most.equals(settings.get(OutboundSettings.MAX_MESSAGES).toString())) {
            settings.change(OutboundSettings.MAX_MESSAGES, most);
        }
        MailContent content = MailContent.of(Files.readAllBytes(command.message()));
        NextHop sink = NextHop.parse("localhost:" + command.port());
        List<Future<?>> parts = new ArrayList<>();
        for (int i = 0; i < command.connections(); i++) {
            int part = i;
            parts.add(threads.submit(() -> {
                for (int n = part; n < command.messages(); n += command.connections()) {
                    send(sink, content);
                }
                return null;
            }));
        }
        for (Future<?> part : parts) {
            part.get();
        }
    }

    private void send(NextHop sink, MailContent content) throws ResourceException, MailDeliveryException {
        try (MailConnection connection = mail.getConnection(sink)) {
            connection.send(ENVELOPE, content);
        }
    }
}
