package org.postern.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/** SubEthaSMTP in a process of its own; it reads mail and throws it away. */
final class SubEthaSink {

    static final String READY = "SubEthaSMTP is ready";

    private SubEthaSink() {}

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        SMTPServer server = SMTPServer.port(Integer.parseInt(arguments[0]))
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandlerFactory(Handler::new)
                .insertReceivedHeaders(false)
                .maxConnections(10_000)
                .enableTLS()
                .startTlsSocketFactory(context(Path.of(arguments[1])))
                .build();
        server.start();
        System.out.println(READY);
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, Tools.PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, Tools.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static final class Handler implements MessageHandler {

        Handler(MessageContext context) {
            // It is the same for all.
        }

        @Override
        public void from(String from) {
            // All are welcome.
        }

        @Override
        public void recipient(String recipient) {
            // All are known.
        }

        @Override
        public String data(InputStream data) throws IOException {
            data.skip(Long.MAX_VALUE);
            return null;
        }

        @Override
        public void done() {
            // Nothing was kept.
        }
    }
}
