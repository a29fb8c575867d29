package org.postern.connector;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.time.Clock;
import javax.transaction.xa.XAResource;
import org.postern.NextHop;
import org.postern.administration.Administration;
import org.postern.outbound.Client;
import org.postern.outbound.MimePreparation;

/** The part of a resource adapter that sends. */
record TestAdapter(Client client) implements ResourceAdapter, OutboundContext {

    @Override
    public MimePreparation mimePreparation() {
        return new MimePreparation(getClass().getClassLoader(), "gateway.example.org", Clock.systemUTC());
    }

    @Override
    public NextHop nextHopFor(String domain) {
        return NextHop.forDomain(domain);
    }

    @Override
    public Administration administration() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start(BootstrapContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        throw new UnsupportedOperationException();
    }
}
