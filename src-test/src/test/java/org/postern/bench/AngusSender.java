package org.postern.bench;

import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Angus' own transport in a process of its own. It verifies the sink's certificate, as all but the load generator do. */
final class AngusSender {

    private final Session session;
    private final ExecutorService threads = Executors.newFixedThreadPool(Way.CONNECTIONS);
    private final ConcurrentHashMap<String, Line> lines = new ConcurrentHashMap<>();

    private AngusSender(SSLContext trust) {
        var properties = new Properties();
        properties.setProperty("mail.smtp.starttls.required", "true");
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.localhost", "client.example.org");
        properties.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory());
        session = Session.getInstance(properties);
    }

    /** A connection that is kept, and how often it was used. */
    private static final class Line {
        private Transport transport;
        private int used;
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        AngusSender sender = new AngusSender(trust(Path.of(arguments[1])));
        Commanded.obey(Integer.parseInt(arguments[0]), sender::send);
        System.exit(0);
    }

    private void send(Commanded.Command command) throws Exception {
        var parts = new java.util.ArrayList<Future<?>>();
        for (int i = 0; i < command.connections(); i++) {
            int part = i;
            parts.add(threads.submit(() -> {
                sendPart(command, part);
                return null;
            }));
        }
        for (Future<?> part : parts) {
            part.get();
        }
    }

    private void sendPart(Commanded.Command command, int part) throws Exception {
        MimeMessage message;
        try (InputStream in = Files.newInputStream(command.message())) {
            message = new MimeMessage(session, in);
        }
        Address[] to = {new InternetAddress("user0@sink.test")};
        Line line = lines.computeIfAbsent(command.port() + " " + command.kept() + " " + part, any -> new Line());
        int most = command.kept() ? Way.KEPT : 1;
        for (int i = part; i < command.messages(); i += command.connections()) {
            if (line.transport == null) {
                line.transport = session.getTransport("smtp");
                line.transport.connect("localhost", command.port(), null, null);
                line.used = 0;
            }
            line.transport.sendMessage(message, to);
            line.used++;
            if (line.used >= most) {
                line.transport.close();
                line.transport = null;
            }
        }
    }

    private static SSLContext trust(Path root) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(root)) {
            trusted.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
