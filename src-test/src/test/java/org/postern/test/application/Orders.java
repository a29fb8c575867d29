package org.postern.test.application;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import org.postern.InboundMail;
import org.postern.MailListener;

/** Takes what comes. Is asked about recipients, but leaves that to the interface. */
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(
                    propertyName = "recipients",
                    propertyValue = "orders@example.org, *@shop.example.org"),
            @ActivationConfigProperty(propertyName = "checkRecipients", propertyValue = "true")
        })
public class Orders implements MailListener {

    @EJB
    private Records records;

    @Override
    public void onMail(InboundMail mail) {
        records.record(Orders.class, mail);
    }
}
