package org.postern.gateway;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.MailConnectionFactory;
import org.postern.MailListener;
import org.postern.MailRejectedException;
import org.postern.Recipient;
import org.postern.administration.Administration;

/**
 * Takes all mail that no other bean asks for by a more specific pattern: keeps it in local mailboxes, or hands it to the next
 * hop, within the transaction that decides about 250.
 *
 * <p>What is stored here is gone after a rollback; what a next hop has taken is not. So when a next hop takes a message for some
 * recipients and refuses it for others, or the transaction fails after it was taken, the sender hears of a failure and may bring
 * it again: those who had it may get it twice, and nobody loses it.
 */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*"),
            @ActivationConfigProperty(propertyName = "checkRecipients", propertyValue = "true")
        })
public class Gateway implements MailListener {

    @Resource(name = "mail/postern")
    private MailConnectionFactory mail;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    @EJB
    private Lifecycle lifecycle;

    private Administration administration;
    private Deliveries deliveries;
    private Reports reports;

    /** For the container. */
    public Gateway() {}

    Gateway(MailConnectionFactory mail, TransactionSynchronizationRegistry transactions, Lifecycle lifecycle) {
        this.mail = mail;
        this.transactions = transactions;
        this.lifecycle = lifecycle;
    }

    @PostConstruct
    void open() {
        ReportSender sender = lifecycle.reportSender();
        administration = mail.administration();
        var mailboxes = new Mailboxes(administration.dataDirectory());
        var names = new MaildirNames(Clock.systemUTC(), administration.hostName());
        deliveries = new Deliveries(new MailboxDelivery(mailboxes, transactions, names), new RemoteDelivery(mail));
        reports = new Reports(transactions, Clock.systemUTC(), administration.hostName(), sender);
    }

    /**
     * Refuses a recipient without a mailbox (550 5.1.1), and one whose mail goes another way than that of those before it (452 4.5.3): they could not fail or succeed together.
     */
    @Override
    public void onRecipient(Envelope envelope, Recipient recipient) throws MailRejectedException {
        Routing routing = routing();
        if (routing.isPostmaster(recipient.mailbox())) {
            return;
        }
        Destination destination = routing.route(recipient).destination();
        requireMailbox(destination);
        if (!envelope.recipients().isEmpty()) {
            Recipient first = envelope.recipients().get(0);
            requireSameWay(routing.route(first).destination(), destination);
        }
    }

    /**
     * Takes a message over. Whether its mailboxes exist was asked when they were named: a setting changed since then does not
     * make the sender lose what was promised.
     */
    @Override
    public void onMail(InboundMail message) throws MailRejectedException {
        Routing routing = routing();
        List<Route> routes = new ArrayList<>();
        for (Recipient recipient : message.envelope().recipients()) {
            routes.add(routing.route(recipient));
        }
        reports.about(message, deliveries.deliver(message, routes));
    }

    private Routing routing() {
        return Routing.now(mail);
    }

    private void requireMailbox(Destination destination) throws MailRejectedException {
        LocalRecipients existing = administration.settings().get(GatewaySettings.LOCAL_RECIPIENTS);
        if (destination instanceof Destination.LocalMailbox local && !existing.contains(local.mailbox())) {
            throw new MailRejectedException(550, "5.1.1", "There is no such mailbox here");
        }
    }

    private static void requireSameWay(Destination first, Destination next) throws MailRejectedException {
        if (!next.goesWith(first)) {
            throw new MailRejectedException(
                    452, "4.5.3", "Mail for this recipient goes another way; send it separately");
        }
    }
}
