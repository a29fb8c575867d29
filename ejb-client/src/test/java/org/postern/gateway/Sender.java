package org.postern.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.MailRejectedException;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.administration.SharedSettings;

/** Brings mail to a gateway as the adapter does: each call in a transaction, any exception rolls back, 250 means committed. */
final class Sender {

    static final Reply OK = new Reply(250, "2.0.0", "OK");
    static final Reply FAILED = new Reply(451, "4.3.0", "Failed");

    final FakeTransactions transactions = new FakeTransactions();
    final FakeAdministration administration;
    final FakeNextHop nextHop;
    final Gateway gateway;

    /** Where reports are sent: in the thread that ended the transaction, until a test says otherwise. */
    Executor threads = Runnable::run;

    private final Path dataDirectory;

    Sender(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        administration = new FakeAdministration(dataDirectory, "mx.example.org");
        administration.change(SharedSettings.ACCEPTED_DOMAINS, "example.org, example.com");
        nextHop = new FakeNextHop(administration);
        Lifecycle lifecycle = new Lifecycle(nextHop, task -> threads.execute(task));
        lifecycle.start();
        gateway = new Gateway(nextHop, transactions, lifecycle);
        gateway.open();
    }

    Reply name(String recipient, String... before) {
        return inTransaction(
                () -> gateway.onRecipient(Envelope.of("sender@example.net", before), Recipient.of(recipient)));
    }

    Reply bring(InboundMail mail) {
        return inTransaction(() -> gateway.onMail(mail));
    }

    /** All files below the data directory, relative to it. */
    List<String> files() {
        try (Stream<Path> found = Files.walk(dataDirectory)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> dataDirectory.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply inTransaction(Call call) {
        transactions.begin();
        Reply reply = OK;
        try {
            call.run();
        } catch (MailRejectedException e) {
            transactions.setRollbackOnly();
            reply = e.reply();
        } catch (RuntimeException e) {
            transactions.setRollbackOnly();
            reply = FAILED;
        }
        boolean committed = transactions.commit();
        return reply.isPositive() && !committed ? FAILED : reply;
    }

    private interface Call {
        void run() throws MailRejectedException;
    }
}
