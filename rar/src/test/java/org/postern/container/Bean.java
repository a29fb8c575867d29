package org.postern.container;

import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.MailListener;
import org.postern.MailRejectedException;
import org.postern.Recipient;

/** A message-driven bean as a container presents it: a pool, and a transaction round each delivery. */
public final class Bean implements MessageEndpointFactory {

    private final Transactions transactions;
    private final MailListener listener;
    private final boolean transacted;
    private final Transactions.Fault fault;
    private final AtomicInteger free;

    /** Makes a transacted bean of whose kind there is enough. */
    public Bean(Container container, MailListener listener) {
        this(container, listener, true, Transactions.Fault.NONE, Integer.MAX_VALUE);
    }

    /** Makes a bean. */
    public Bean(
            Container container, MailListener listener, boolean transacted, Transactions.Fault fault, int poolSize) {
        this.transactions = container.transactions();
        this.listener = listener;
        this.transacted = transacted;
        this.fault = fault;
        this.free = new AtomicInteger(poolSize);
    }

    /** Changes how many are free. */
    public void free(int number) {
        free.set(number);
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
        if (free.getAndDecrement() <= 0) {
            free.incrementAndGet();
            throw new UnavailableException("The pool is exhausted.");
        }
        return new Proxy();
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource, long timeout) throws UnavailableException {
        return createEndpoint(resource);
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
        return transacted;
    }

    @Override
    public String getActivationName() {
        return "bean";
    }

    @Override
    public Class<?> getEndpointClass() {
        return listener.getClass();
    }

    private final class Proxy implements MessageEndpoint, MailListener {

        @Override
        public void beforeDelivery(Method method) {
            if (transacted) {
                transactions.begin();
            }
        }

        @Override
        public void onMail(InboundMail mail) throws MailRejectedException {
            listener.onMail(mail);
        }

        @Override
        public void onRecipient(Envelope envelope, Recipient recipient) throws MailRejectedException {
            listener.onRecipient(envelope, recipient);
        }

        @Override
        public void afterDelivery() {
            if (transacted) {
                transactions.end(fault);
            }
        }

        @Override
        public void release() {
            free.incrementAndGet();
        }
    }
}
