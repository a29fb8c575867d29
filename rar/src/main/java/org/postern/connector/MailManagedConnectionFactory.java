package org.postern.connector;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.ValidatingManagedConnectionFactory;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import javax.security.auth.Subject;

/** Makes and matches connections to next hops for the container's pool. Has no properties: settings are the adapter's. */
public final class MailManagedConnectionFactory
        implements ManagedConnectionFactory, ValidatingManagedConnectionFactory, ResourceAdapterAssociation {

    private static final long serialVersionUID = 1L;

    /** Given anew by the container after deserialization, as the adapter itself does not travel. */
    private transient ResourceAdapter adapter;

    private transient PrintWriter logWriter;

    @Override
    public Object createConnectionFactory(ConnectionManager pool) {
        return new PooledMailConnectionFactory(this, pool);
    }

    /** Without a container there is nobody to give threads to event loops. */
    @Override
    public Object createConnectionFactory() throws NotSupportedException {
        throw new NotSupportedException(
                "Postern sends mail inside an application server only: the container's ConnectionManager is needed.");
    }

    /** Makes no connection yet: pools wrap what they are thrown here, log it, and may block others meanwhile. */
    @Override
    public ManagedConnection createManagedConnection(Subject subject, ConnectionRequestInfo request)
            throws ResourceException {
        OutboundContext context = context();
        ConnectionRequest wanted = requireRequest(request).signedOn(subject, this);
        return new MailManagedConnection(
                this, context.client().connection(wanted.nextHop(), wanted.credentials()), context.mimePreparation());
    }

    /** Connected or not, and under old TLS settings or new ones: a connection sees to that before it sends. */
    @Override
    @SuppressWarnings("rawtypes") // as the interface is
    public ManagedConnection matchManagedConnections(Set candidates, Subject subject, ConnectionRequestInfo request)
            throws ResourceException {
        ConnectionRequest wanted = requireRequest(request).signedOn(subject, this);
        for (Object candidate : candidates) {
            if (candidate instanceof MailManagedConnection connection && connection.matches(wanted)) {
                return connection;
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface is
    public Set getInvalidConnections(Set connections) {
        Set<Object> invalid = new HashSet<>();
        for (Object candidate : connections) {
            if (candidate instanceof MailManagedConnection connection && connection.isBroken()) {
                invalid.add(connection);
            }
        }
        return invalid;
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) throws ResourceException {
        if (!(adapter instanceof OutboundContext)) {
            throw new ResourceException(
                    "This connection factory belongs to Postern's resource adapter and to no other.");
        }
        this.adapter = adapter;
    }

    @Override
    public void setLogWriter(PrintWriter writer) {
        logWriter = writer;
    }

    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    OutboundContext context() {
        if (adapter instanceof OutboundContext context) {
            return context;
        }
        throw new IllegalStateException("The container has not given this connection factory its resource adapter.");
    }

    /** Two factories of one adapter make the same connections. */
    @Override
    public boolean equals(Object other) {
        return other instanceof MailManagedConnectionFactory that && Objects.equals(adapter, that.adapter);
    }

    /** Without the adapter, which may be given after the factory has been put into a map. */
    @Override
    public int hashCode() {
        return MailManagedConnectionFactory.class.getName().hashCode();
    }

    private static ConnectionRequest requireRequest(ConnectionRequestInfo request) throws ResourceException {
        if (request instanceof ConnectionRequest known) {
            return known;
        }
        throw new ResourceException("A connection is had for a next hop, by MailConnectionFactory.getConnection.");
    }
}
