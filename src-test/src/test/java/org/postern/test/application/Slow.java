package org.postern.test.application;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import org.postern.InboundMail;
import org.postern.MailListener;

/** Takes its time, as long as a test says. There is one of it at most ({@code glassfish-ejb-jar.xml}). */
@MessageDriven(
        activationConfig = @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@slow.example.org"))
public class Slow implements MailListener {

    @EJB
    private Records records;

    @Override
    public void onMail(InboundMail mail) {
        records.record(Slow.class, mail);
        records.passGate();
    }
}
