package org.postern.gateway;

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

/** A message from a peer on this machine. */
record FakeMail(String id, Envelope envelope, MailContent content) implements InboundMail {

    static final String TEXT = "Received: from peer\r\nSubject: Hello\r\n\r\nText\r\n";

    static FakeMail to(String... recipients) {
        return to(Envelope.of("sender@example.net", recipients));
    }

    static FakeMail to(Envelope envelope) {
        return new FakeMail("id-1", envelope, MailContent.of(TEXT.getBytes(StandardCharsets.UTF_8)));
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
        return "peer";
    }

    @Override
    public Optional<TlsSession> tls() {
        return Optional.empty();
    }
}
