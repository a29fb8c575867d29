package org.postern.test.application;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import org.postern.InboundMail;
import org.postern.MailListener;

/** Takes what no other bean takes. */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*"))
public class Everything implements MailListener {

    @EJB
    private Records records;

    @Override
    public void onMail(InboundMail mail) {
        records.record(Everything.class, mail);
    }
}
