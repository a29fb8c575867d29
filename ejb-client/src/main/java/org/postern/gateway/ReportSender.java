package org.postern.gateway;

import jakarta.resource.ResourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.postern.MailConnection;
import org.postern.MailConnectionFactory;
import org.postern.NextHop;
import org.postern.Recipient;
import org.postern.SendOption;
import org.postern.administration.Administration;

/**
 * Sends reports by threads of the server, so that nobody waits for them: each once, the way that any mail for the address goes. One
 * that cannot be sent is named in the log and given up.
 */
public final class ReportSender {

    /** What all reports under way may take in memory: some hundreds of usual ones, and one for the most recipients that there can be. */
    static final int MAX_OCTETS = 16 << 20;

    private static final System.Logger LOG = System.getLogger(ReportSender.class.getName());

    private final MailConnectionFactory mail;
    private final Executor threads;
    private final Clock clock;
    private final Semaphore room = new Semaphore(MAX_OCTETS);

    ReportSender(MailConnectionFactory mail, Executor threads, Clock clock) {
        this.mail = mail;
        this.threads = threads;
        this.clock = clock;
    }

    /** Begins to send a report, and returns. */
    void send(Report report) {
        int octets = (int) Math.min(report.content().size(), MAX_OCTETS);
        if (!room.tryAcquire(octets)) {
            giveUp(report, "too many reports are under way");
            return;
        }
        try {
            threads.execute(() -> sendNow(report, octets));
        } catch (RejectedExecutionException | IllegalStateException e) {
            // The server is about to stop.
            room.release(octets);
            giveUp(report, e);
        }
    }

    private void sendNow(Report report, int octets) {
        try {
            Routing routing = Routing.now(mail);
            Route route = routing.route(Recipient.of(report.to()));
            if (route.destination() instanceof Destination.RemoteHop to) {
                hand(report, to.nextHop(), route.recipient());
            } else if (route.destination() instanceof Destination.LocalMailbox to) {
                requireMailbox(routing, report, to.mailbox());
                store(report, to.mailbox());
            }
        } catch (IOException | ResourceException e) {
            giveUp(report, e.getMessage());
        } catch (RuntimeException e) {
            giveUp(report, e);
        } finally {
            room.release(octets);
        }
    }

    private void hand(Report report, NextHop nextHop, Recipient recipient) throws ResourceException {
        try (MailConnection connection = mail.getConnection(nextHop)) {
            connection.send(report.envelopeFor(recipient), report.content(), SendOption.CONVERT_EIGHT_BIT);
        }
    }

    /** Whoever invents a sender here does not make a mailbox by it. */
    private void requireMailbox(Routing routing, Report report, MailboxKey mailbox) throws IOException {
        LocalRecipients existing = mail.administration().settings().get(GatewaySettings.LOCAL_RECIPIENTS);
        if (!routing.isPostmaster(report.to()) && !existing.contains(mailbox)) {
            throw new IOException("there is no such mailbox here");
        }
    }

    private void store(Report report, MailboxKey mailbox) throws IOException {
        Administration administration = mail.administration();
        MaildirFile file = new Mailboxes(administration.dataDirectory())
                .open(mailbox)
                .file(new MaildirNames(clock, administration.hostName()).of(report.id()));
        try {
            try (InputStream content = report.content().stream();
                    OutputStream out = Disk.createFile(file.unfinished())) {
                FinalDelivery.copy("", content, out);
            }
            file.deliver();
        } catch (IOException e) {
            file.discard();
            throw e;
        }
    }

    private static void giveUp(Report report, Object reason) {
        LOG.log(
                Level.WARNING,
                "Message {0}: the report for its sender {1} could not be sent: {2}",
                report.messageId(),
                report.to(),
                reason);
    }
}
