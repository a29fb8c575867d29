package org.postern.connector;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.MailContent;
import org.postern.TlsSession;

/** A message for tests. */
record TestMail(String id, Envelope envelope) implements InboundMail {

    TestMail(String id) {
        this(id, Envelope.of("sender@example.org", "recipient@example.org"));
    }

    @Override
    public MailContent content() {
        return MailContent.of("Subject: test\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public MimeMessage toMimeMessage(Session session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InetSocketAddress peer() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
    }

    @Override
    public String heloName() {
        return "client.example";
    }

    @Override
    public Optional<TlsSession> tls() {
        return Optional.empty();
    }
}
