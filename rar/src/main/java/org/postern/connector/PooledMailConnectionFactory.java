package org.postern.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import java.util.Objects;
import java.util.Optional;
import javax.naming.Reference;
import org.postern.Credentials;
import org.postern.MailConnection;
import org.postern.MailConnectionFactory;
import org.postern.NextHop;
import org.postern.administration.Administration;

/** The factory that applications are given: asks the container's pool. */
public final class PooledMailConnectionFactory implements MailConnectionFactory {

    private static final long serialVersionUID = 1L;

    private final MailManagedConnectionFactory factory;
    private final ConnectionManager pool;
    private Reference reference;

    PooledMailConnectionFactory(MailManagedConnectionFactory factory, ConnectionManager pool) {
        this.factory = factory;
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    @Override
    public MailConnection getConnection(NextHop nextHop) throws ResourceException {
        return (MailConnection) pool.allocateConnection(factory, new ConnectionRequest(nextHop));
    }

    @Override
    public MailConnection getConnection(NextHop nextHop, Credentials credentials) throws ResourceException {
        return (MailConnection)
                pool.allocateConnection(factory, new ConnectionRequest(nextHop, Optional.of(credentials)));
    }

    @Override
    public NextHop nextHopFor(String domain) {
        return factory.context().nextHopFor(domain);
    }

    @Override
    public Administration administration() {
        return factory.context().administration();
    }

    /** Called by the container when it binds the factory to a name. */
    @Override
    public void setReference(Reference reference) {
        this.reference = reference;
    }

    @Override
    public Reference getReference() {
        return reference;
    }
}
