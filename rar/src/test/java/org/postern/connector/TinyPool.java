package org.postern.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The least that a container's pool does. */
final class TinyPool implements ConnectionManager, ConnectionEventListener {

    private static final long serialVersionUID = 1L;

    final transient Set<ManagedConnection> idle = new HashSet<>();
    final transient Set<ManagedConnection> used = new HashSet<>();
    final transient List<Exception> errors = new ArrayList<>();
    int created;

    @Override
    public Object allocateConnection(ManagedConnectionFactory factory, ConnectionRequestInfo request)
            throws ResourceException {
        ManagedConnection connection = factory.matchManagedConnections(idle, null, request);
        if (connection == null) {
            connection = factory.createManagedConnection(null, request);
            connection.addConnectionEventListener(this);
            created++;
        }
        idle.remove(connection);
        used.add(connection);
        return connection.getConnection(null, request);
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        ManagedConnection connection = (ManagedConnection) event.getSource();
        assertIsHandle(event.getConnectionHandle());
        used.remove(connection);
        try {
            connection.cleanup();
        } catch (ResourceException e) {
            throw new IllegalStateException(e);
        }
        idle.add(connection);
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        ManagedConnection connection = (ManagedConnection) event.getSource();
        errors.add(event.getException());
        used.remove(connection);
        try {
            connection.destroy();
        } catch (ResourceException e) {
            throw new IllegalStateException(e);
        }
    }

    void destroyIdle() throws ResourceException {
        for (ManagedConnection connection : idle) {
            connection.destroy();
        }
        idle.clear();
    }

    private static void assertIsHandle(Object handle) {
        if (!(handle instanceof MailConnectionHandle)) {
            throw new AssertionError("the event does not say which handle was closed");
        }
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {
        throw new AssertionError("there are no transactions");
    }

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {
        throw new AssertionError("there are no transactions");
    }

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {
        throw new AssertionError("there are no transactions");
    }
}
