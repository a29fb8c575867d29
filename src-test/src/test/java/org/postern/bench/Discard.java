package org.postern.bench;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import org.postern.InboundMail;
import org.postern.MailListener;

/** Throws mail away: what is measured is all around it. */
@MessageDriven(activationConfig = @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*"))
public class Discard implements MailListener {

    @Override
    public void onMail(InboundMail mail) {
        // There is nothing to be done.
    }
}
