package org.postern.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Method;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.MailListener;
import org.postern.MailRejectedException;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.smtp.server.Replies;

/**
 * Calls a message-driven bean and learns how it ended. A message is accepted only if its transaction was seen to commit
 * <em>and</em> the container reported no failure: neither alone is enough on every server.
 */
final class BeanCall {

    private static final System.Logger LOG = System.getLogger(BeanCall.class.getName());
    private static final Method ON_MAIL = method("onMail", InboundMail.class);

    private final TransactionSynchronizationRegistry transactions;

    BeanCall(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    /**
     * Delivers a message.
     *
     * @return the reply to its content
     * @throws UnavailableException if the container has no bean free at present; nothing was delivered then
     */
    Reply deliver(Endpoint endpoint, InboundMail mail) throws UnavailableException {
        MessageEndpoint bean = endpoint.factory().createEndpoint(null);
        try {
            return deliver(bean, isTransacted(endpoint), mail);
        } catch (ResourceException | RuntimeException e) {
            // A failed commit is thrown out of afterDelivery by some servers, in various shapes.
            return failed(mail, e);
        } finally {
            bean.release();
        }
    }

    private Reply deliver(MessageEndpoint bean, boolean transacted, InboundMail mail) throws ResourceException {
        var outcome = new DeliveryOutcome();
        Optional<Reply> refusal;
        begin(bean);
        try {
            if (transacted) {
                transactions.registerInterposedSynchronization(outcome);
            }
            refusal = call((MailListener) bean, transacted, mail);
        } finally {
            bean.afterDelivery();
        }
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean safe = !transacted || outcome.isCommitted();
        return safe ? new Reply(250, "2.0.0", "Accepted, id " + mail.id()) : Replies.DELIVERY_FAILED;
    }

    private Optional<Reply> call(MailListener bean, boolean transacted, InboundMail mail) {
        try {
            bean.onMail(mail);
            return Optional.empty();
        } catch (MailRejectedException e) {
            rollBack(transacted);
            return Optional.of(withStatus(e.reply()));
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            rollBack(transacted);
            return Optional.of(failed(mail, e));
        }
    }

    /**
     * Asks about a recipient. The container gives the call a transaction of its own.
     *
     * @return the refusal; empty if the recipient is welcome
     * @throws UnavailableException if the container has no bean free at present
     */
    Optional<Reply> check(Endpoint endpoint, Envelope soFar, Recipient recipient) throws UnavailableException {
        MessageEndpoint bean = endpoint.factory().createEndpoint(null);
        try {
            ((MailListener) bean).onRecipient(soFar, recipient);
            return Optional.empty();
        } catch (MailRejectedException e) {
            return Optional.of(withStatus(e.reply()));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            LOG.log(System.Logger.Level.ERROR, "The bean failed when it was asked about a recipient.", e);
            return Optional.of(Replies.DELIVERY_FAILED);
        } finally {
            bean.release();
        }
    }

    /** Who announces ENHANCEDSTATUSCODES gives one with every refusal (RFC 2034 section 4); not every application knows. */
    private static Reply withStatus(Reply chosen) {
        return chosen.enhancedStatus().isEmpty()
                ? new Reply(chosen.code(), chosen.code() / 100 + ".0.0", chosen.lines())
                : chosen;
    }

    /** Some servers commit after a checked exception, whatever its annotation says. */
    private void rollBack(boolean transacted) {
        if (transacted) {
            transactions.setRollbackOnly();
        }
    }

    private static void begin(MessageEndpoint bean) throws ResourceException {
        try {
            bean.beforeDelivery(ON_MAIL);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isTransacted(Endpoint endpoint) {
        try {
            return endpoint.factory().isDeliveryTransacted(ON_MAIL);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reply failed(InboundMail mail, Throwable cause) {
        LOG.log(
                System.Logger.Level.ERROR,
                "The delivery of message " + mail.id() + " failed and was rolled back.",
                cause);
        return Replies.DELIVERY_FAILED;
    }

    private static Method method(String name, Class<?>... parameters) {
        try {
            return MailListener.class.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
