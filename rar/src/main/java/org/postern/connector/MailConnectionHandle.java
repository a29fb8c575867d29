package org.postern.connector;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.postern.Envelope;
import org.postern.MailConnection;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.Receipt;
import org.postern.SendOption;

/**
 * What an application holds of a connection: of no more use after it was closed, by the application or the container. Public, as
 * containers wrap it into proxies of their own.
 */
public final class MailConnectionHandle implements MailConnection {

    private final AtomicReference<MailManagedConnection> connection;

    MailConnectionHandle(MailManagedConnection connection) {
        this.connection = new AtomicReference<>(connection);
    }

    @Override
    public Receipt send(Envelope envelope, MailContent content, SendOption... options) throws MailDeliveryException {
        return open().send(envelope, content, Set.copyOf(List.of(options)));
    }

    @Override
    public Receipt send(MimeMessage message, SendOption... options) throws MailDeliveryException, MessagingException {
        return open().send(message, Set.copyOf(List.of(options)));
    }

    @Override
    public void close() {
        MailManagedConnection last = connection.getAndSet(null);
        if (last != null) {
            last.closed(this);
        }
    }

    /** The container took the connection away, without the application. */
    void invalidate() {
        connection.set(null);
    }

    /** The container gives the application another connection to the same next hop. */
    void moveTo(MailManagedConnection other) {
        MailManagedConnection last = connection.getAndSet(other);
        if (last != null) {
            last.abandon(this);
        }
        other.adopt(this);
    }

    private MailManagedConnection open() {
        MailManagedConnection current = connection.get();
        if (current == null) {
            throw new IllegalStateException("This mail connection has been closed; get another from the factory.");
        }
        return current;
    }
}
