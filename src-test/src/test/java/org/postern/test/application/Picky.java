package org.postern.test.application;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.MailListener;
import org.postern.MailRejectedException;
import org.postern.Recipient;

/** Refuses recipients when they are named, and messages in every way there is: the local part says which. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@picky.example.org"),
            @ActivationConfigProperty(propertyName = "checkRecipients", propertyValue = "true")
        })
public class Picky implements MailListener {

    @jakarta.annotation.Resource
    private jakarta.ejb.MessageDrivenContext context;

    @EJB
    private Records records;

    @Override
    public void onRecipient(Envelope envelope, Recipient recipient) throws MailRejectedException {
        switch (recipient.mailbox().localPart()) {
            case "nobody" -> throw new MailRejectedException(550, "5.1.1", "There is no such customer");
            case "confused" -> throw new IllegalStateException("a secret");
            default -> {
                // Welcome.
            }
        }
    }

    @Override
    public void onMail(InboundMail mail) throws MailRejectedException {
        records.record(Picky.class, mail);
        switch (mail.envelope().recipients().get(0).mailbox().localPart()) {
            case "rollback" -> context.setRollbackOnly();
            case "failure" -> throw new IllegalStateException("a secret");
            case "unwanted" -> throw new MailRejectedException(550, "5.7.1", "We do not want this");
            case "later" -> throw new MailRejectedException(452, "4.2.2", "The shelf is full");
            default -> {
                // Accepted.
            }
        }
    }
}
