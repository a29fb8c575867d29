package org.postern.gateway;

import jakarta.resource.ResourceException;
import java.lang.System.Logger.Level;
import java.util.List;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.MailConnection;
import org.postern.MailConnectionFactory;
import org.postern.MailDeliveryException;
import org.postern.MailRejectedException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.Recipient;
import org.postern.Reply;

/**
 * Hands a message to its next hop while the sender waits: the next hop's refusal becomes the sender's. A message that only some
 * recipients were accepted for is refused as a whole, so that none is lost without a word; those that were accepted may get it
 * again.
 */
final class RemoteDelivery {

    private static final System.Logger LOG = System.getLogger(RemoteDelivery.class.getName());

    private final MailConnectionFactory mail;

    RemoteDelivery(MailConnectionFactory mail) {
        this.mail = mail;
    }

    /**
     * Returns when the next hop has taken over the message for all recipients.
     *
     * @return what it said
     * @throws MailRejectedException with the refusal otherwise
     */
    Receipt deliver(InboundMail message, NextHop nextHop, List<Recipient> recipients) throws MailRejectedException {
        Envelope envelope = message.envelope().withRecipients(recipients);
        try (MailConnection connection = mail.getConnection(nextHop)) {
            Receipt receipt = connection.send(envelope, message.content());
            requireComplete(message, receipt);
            return receipt;
        } catch (MailDeliveryException e) {
            LOG.log(Level.INFO, "Message {0}, {1}: {2} ({3})", message.id(), nextHop, e.getMessage(), e.reply());
            throw new MailRejectedException(Refusals.passedOn(e.reply()));
        } catch (ResourceException e) {
            LOG.log(Level.WARNING, "Message {0}: no connection to {1} could be had: {2}", message.id(), nextHop, e);
            throw new MailRejectedException(451, "4.3.0", "The next hop cannot be reached now; try again later");
        }
    }

    private static void requireComplete(InboundMail message, Receipt receipt) throws MailRejectedException {
        if (receipt.isComplete()) {
            return;
        }
        for (Receipt.Result result : receipt.refused()) {
            LOG.log(
                    Level.INFO,
                    "Message {0} was refused by {1} for {2}: {3}",
                    message.id(),
                    receipt.nextHop(),
                    result.recipient(),
                    result.reply());
        }
        List<Reply> replies =
                receipt.refused().stream().map(Receipt.Result::reply).toList();
        throw new MailRejectedException(Refusals.passedOn(Refusals.decisive(replies)));
    }
}
