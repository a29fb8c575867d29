package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.postern.TlsSession;
import org.postern.certificate.TestAuthority;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/** SubEthaSMTP. */
class SubEthaMatrixTest extends ForeignMatrix {

    private final Map<String, SMTPServer> servers = new HashMap<>();
    private final AtomicInteger begun = new AtomicInteger();

    /** By the content, whether it came over TLS. */
    private final Map<String, Boolean> arrived = new ConcurrentHashMap<>();

    @Override
    void startServers(TestAuthority authority, Path folder) {
        for (ServedCertificate served : ServedCertificate.values()) {
            var tls = PolicyBench.server(served.issue(authority));
            start(served.name(), SMTPServer.port(0).enableTLS().startTlsSocketFactory(tls));
        }
        start("WITHOUT_STARTTLS", SMTPServer.port(0));
    }

    private void start(String kind, SMTPServer.Builder builder) {
        SMTPServer server = builder.messageHandlerFactory(Handler::new)
                .bindAddress(InetAddress.getLoopbackAddress())
                .insertReceivedHeaders(false)
                .build();
        server.start();
        servers.put(kind, server);
    }

    @Override
    void stopServers() {
        servers.values().forEach(SMTPServer::stop);
    }

    @Override
    int port(String kind) {
        return servers.get(kind).getPortAllocated();
    }

    @Override
    void assertArrived(String subject, TlsSession tls) {
        assertThat(arrived).containsEntry("Subject: " + subject + "\r\n\r\n.\r\n", tls != null);
    }

    @Override
    int begun(int atLeast) {
        return begun.get();
    }

    private final class Handler implements MessageHandler {

        private final MessageContext context;

        Handler(MessageContext context) {
            this.context = context;
        }

        @Override
        public void from(String from) {
            begun.incrementAndGet();
        }

        @Override
        public void recipient(String recipient) {
            // Everybody is welcome.
        }

        @Override
        public String data(InputStream content) throws IOException {
            boolean overTls = context instanceof Session session && session.isTLSStarted();
            arrived.put(new String(content.readAllBytes(), StandardCharsets.UTF_8), overTls);
            return null;
        }

        @Override
        public void done() {
            // Nothing was opened.
        }
    }
}
