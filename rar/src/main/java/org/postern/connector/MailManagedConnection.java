package org.postern.connector;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.LocalTransaction;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionMetaData;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.Subject;
import javax.transaction.xa.XAResource;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.Receipt;
import org.postern.SendOption;
import org.postern.network.ThreadTraces;
import org.postern.outbound.Connection;
import org.postern.outbound.MimePreparation;
import org.postern.outbound.SevenBit;

/**
 * A connection to one next hop, as the container's pool keeps it. A server that cannot be reached, or leaves in the middle of a
 * message, does not make it unusable: the next message opens it anew. So the pool is not told of an error
 * ({@link ConnectionEvent#CONNECTION_ERROR_OCCURRED} says "invalid and unusable") but gets it back when the application closes its
 * handle. It also wakes those who wait for a connection then, which Payara's pool forgets when it is told of an error.
 */
public final class MailManagedConnection implements ManagedConnection {

    private final MailManagedConnectionFactory factory;
    private final Connection connection;
    private final MimePreparation mimePreparation;
    private final List<MailConnectionHandle> handles = new CopyOnWriteArrayList<>();
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private PrintWriter logWriter;

    MailManagedConnection(
            MailManagedConnectionFactory factory, Connection connection, MimePreparation mimePreparation) {
        this.factory = factory;
        this.connection = connection;
        this.mimePreparation = mimePreparation;
    }

    @Override
    public Object getConnection(Subject subject, ConnectionRequestInfo request) throws ResourceException {
        if (!(request instanceof ConnectionRequest wanted) || !matches(wanted.signedOn(subject, factory))) {
            throw new ResourceException("This connection is to " + connection.nextHop() + " and to no other server.");
        }
        MailConnectionHandle handle = new MailConnectionHandle(this);
        handles.add(handle);
        return handle;
    }

    @Override
    public void associateConnection(Object handle) throws ResourceException {
        if (!(handle instanceof MailConnectionHandle known)) {
            throw new ResourceException("Only a connection that came from Postern can be associated.");
        }
        known.moveTo(this);
    }

    /** The handles are of no use any more; the connection itself is kept. */
    @Override
    public void cleanup() {
        handles.forEach(MailConnectionHandle::invalidate);
        handles.clear();
    }

    @Override
    public void destroy() {
        cleanup();
        connection.close();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public XAResource getXAResource() throws NotSupportedException {
        throw noTransaction();
    }

    @Override
    public LocalTransaction getLocalTransaction() throws NotSupportedException {
        throw noTransaction();
    }

    @Override
    public ManagedConnectionMetaData getMetaData() {
        return new ConnectionMetaData(connection.nextHop());
    }

    @Override
    public void setLogWriter(PrintWriter writer) {
        logWriter = writer;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    boolean matches(ConnectionRequest request) {
        return connection.nextHop().equals(request.nextHop())
                && connection.credentials().equals(request.credentials());
    }

    boolean isBroken() {
        return connection.isBroken();
    }

    Receipt send(Envelope envelope, MailContent content, Set<SendOption> options) throws MailDeliveryException {
        Optional<SevenBit> conversion =
                Optional.of(mimePreparation.conversion()).filter(any -> options.contains(SendOption.CONVERT_EIGHT_BIT));
        try {
            return connection.send(envelope, content, conversion);
        } catch (MailDeliveryException e) {
            if (connection.isOver()) {
                failed(e);
            }
            throw e;
        } finally {
            ThreadTraces.remove();
        }
    }

    Receipt send(MimeMessage message, Set<SendOption> options) throws MailDeliveryException, MessagingException {
        MimePreparation.Prepared prepared = mimePreparation.prepare(message);
        return send(prepared.envelope(), prepared.content(), options);
    }

    void adopt(MailConnectionHandle handle) {
        handles.add(handle);
    }

    void abandon(MailConnectionHandle handle) {
        handles.remove(handle);
    }

    /** The application is done with a handle: the pool may give this connection to another. */
    void closed(MailConnectionHandle handle) {
        handles.remove(handle);
        ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_CLOSED);
        event.setConnectionHandle(handle);
        listeners.forEach(listener -> listener.connectionClosed(event));
    }

    /** This connection will never be of use again: the pool forgets and destroys it. */
    private void failed(MailDeliveryException failure) {
        ConnectionEvent event = new ConnectionEvent(this, ConnectionEvent.CONNECTION_ERROR_OCCURRED, failure);
        listeners.forEach(listener -> listener.connectionErrorOccurred(event));
    }

    private static NotSupportedException noTransaction() {
        return new NotSupportedException("Sending mail is not part of a transaction: SMTP cannot roll back.");
    }
}
