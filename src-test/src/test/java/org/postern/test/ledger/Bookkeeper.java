package org.postern.test.ledger;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import org.postern.InboundMail;
import org.postern.MailListener;

/** Writes down what comes. */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*"))
public class Bookkeeper implements MailListener {

    @EJB
    private Ledger ledger;

    @Override
    public void onMail(InboundMail mail) {
        ledger.write(mail);
    }
}
