package org.postern.test.ledger;

import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.EJB;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.TimeUnit;
import org.postern.InboundMail;
import org.postern.MailListener;

/**
 * Writes down what comes and returns as if all were well, in a transaction that comes to nothing: the local part says how. Its
 * transactions have five seconds ({@code glassfish-ejb-jar.xml}).
 */
@MessageDriven(
        activationConfig =
                @ActivationConfigProperty(propertyName = "recipients", propertyValue = "*@undone.example.org"))
public class Undone implements MailListener {

    private static final long PATIENCE_SECONDS = 60;

    @Resource
    private MessageDrivenContext context;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    @EJB
    private Ledger ledger;

    @Override
    public void onMail(InboundMail mail) {
        switch (mail.envelope().recipients().get(0).mailbox().localPart()) {
            case "overtime" -> {
                ledger.write(mail);
                outlast();
            }
            case "belated" -> {
                outlast();
                ledger.write(mail);
            }
            case "rollback" -> {
                ledger.write(mail);
                context.setRollbackOnly();
            }
            default -> ledger.write(mail);
        }
    }

    /** Works on until the transaction's time is over. */
    private void outlast() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (transactions.getTransactionStatus() == Status.STATUS_ACTIVE && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
