package org.postern.connector;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import javax.transaction.xa.XAResource;
import org.postern.NextHop;
import org.postern.administration.Administration;
import org.postern.network.ThreadTraces;
import org.postern.outbound.Client;
import org.postern.outbound.MimePreparation;

/** The resource adapter: takes the container's calls, and starts and stops what carries them out. */
public class PosternResourceAdapter extends AdapterProperties implements ResourceAdapter, OutboundContext {

    private volatile Adapter adapter;

    /**
     * Starts the adapter. Does not throw for what an administrator has set wrong: some servers answer that with hundreds of lines
     * and go on as if nothing had happened. Such an error is logged in one sentence, no port is opened, and the bean
     * {@code type=Gateway} tells it.
     */
    @Override
    public void start(BootstrapContext context) {
        try {
            adapter = Adapter.start(configured(), context);
        } finally {
            ThreadTraces.remove();
        }
    }

    @Override
    public void stop() {
        Adapter stopped = adapter;
        adapter = null;
        if (stopped != null) {
            stopped.stop();
            ThreadTraces.remove();
        }
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec) throws ResourceException {
        if (!(spec instanceof MailActivationSpec mailSpec)) {
            throw new NotSupportedException("Only beans that implement org.postern.MailListener can be activated.");
        }
        // Not every server does.
        mailSpec.validate();
        adapter().activate(Endpoint.of(factory, mailSpec));
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        Adapter running = adapter;
        if (running != null) {
            running.deactivate(factory);
            ThreadTraces.remove();
        }
    }

    /** There is nothing to recover: the adapter takes part in no two-phase commit. */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return new XAResource[0];
    }

    @Override
    public Client client() {
        return adapter().outbound().client();
    }

    @Override
    public NextHop nextHopFor(String domain) {
        return adapter().outbound().nextHopFor(domain);
    }

    @Override
    public MimePreparation mimePreparation() {
        return adapter().mimePreparation();
    }

    @Override
    public Administration administration() {
        return adapter().administration();
    }

    private Adapter adapter() {
        Adapter running = adapter;
        if (running == null) {
            throw new IllegalStateException("The resource adapter is not started.");
        }
        return running;
    }

    // One instance is one adapter, as the container made it.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
