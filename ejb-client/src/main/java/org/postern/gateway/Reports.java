package org.postern.gateway;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import org.postern.InboundMail;
import org.postern.Mailbox;

/**
 * Tells senders who asked for it (NOTIFY=SUCCESS, RFC 3461) that their mail was delivered here, or relayed to a server that would not tell
 * them. Failures are not reported: the sender hears of them at once, as the reply.
 *
 * <p>A report is sent when the transaction has committed. Whatever happens to it, the message that it is about stays delivered.
 */
final class Reports {

    private static final System.Logger LOG = System.getLogger(Reports.class.getName());

    private final TransactionSynchronizationRegistry transactions;
    private final ReportWriter writer;
    private final ReportSender sender;

    Reports(TransactionSynchronizationRegistry transactions, Clock clock, String hostName, ReportSender sender) {
        this.transactions = transactions;
        this.writer = new ReportWriter(clock, hostName);
        this.sender = sender;
    }

    /** Sees to the report about a message, if there is to be one: a null reverse path gets none (RFC 3461 section 5.2). */
    void about(InboundMail mail, List<Success> successes) {
        List<Success> reported =
                successes.stream().filter(Success::isToBeReported).toList();
        if (!reported.isEmpty()) {
            mail.envelope().reversePath().ifPresent(reversePath -> prepare(mail, reversePath, reported));
        }
    }

    /** Written at once: the message can be read only until the transaction has ended. */
    private void prepare(InboundMail mail, Mailbox reversePath, List<Success> reported) {
        try {
            Report report = writer.write(mail, reversePath, reported);
            transactions.registerInterposedSynchronization(new AfterCommit(report));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Message {0}: the report for its sender could not be written: {1}", mail.id(), e);
        }
    }

    private final class AfterCommit implements Synchronization {

        private final Report report;

        AfterCommit(Report report) {
            this.report = report;
        }

        @Override
        public void beforeCompletion() {
            // Nothing is known yet.
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                sender.send(report);
            }
        }
    }
}
