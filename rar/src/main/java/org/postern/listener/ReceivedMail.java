package org.postern.listener;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.TlsSession;
import org.postern.content.SpooledContent;

/** A message as the listener took it. */
record ReceivedMail(
        String id,
        Envelope envelope,
        SpooledContent content,
        InetSocketAddress peer,
        String heloName,
        Optional<TlsSession> tls)
        implements InboundMail {

    @Override
    public MimeMessage toMimeMessage(Session session) throws IOException, MessagingException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Jakarta Mail looks its provider up with the context class loader, which in a bean is the application's.
        thread.setContextClassLoader(before != null ? before : ReceivedMail.class.getClassLoader());
        try (InputStream in = content.stream()) {
            return new MimeMessage(session, in);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
