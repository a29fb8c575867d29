package org.postern.gateway;

import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.postern.InboundMail;

/** Stores a message in local mailboxes, within the transaction under way. */
final class MailboxDelivery {

    private final Mailboxes mailboxes;
    private final TransactionSynchronizationRegistry transactions;
    private final MaildirNames names;

    MailboxDelivery(Mailboxes mailboxes, TransactionSynchronizationRegistry transactions, MaildirNames names) {
        this.mailboxes = mailboxes;
        this.transactions = transactions;
        this.names = names;
    }

    /**
     * Writes a message aside for each mailbox; it is delivered when the transaction commits. The content is written once, and
     * linked to where the file system can do that: readers of a Maildir never change a file.
     *
     * @throws UncheckedIOException if it cannot be written; the transaction must be rolled back
     * @throws IllegalStateException if no transaction is active
     */
    void deliver(InboundMail mail, Set<MailboxKey> to) {
        MaildirTransaction transaction = new MaildirTransaction();
        transactions.registerInterposedSynchronization(transaction);
        String name = names.of(mail.id());
        MaildirFile first = null;
        for (MailboxKey mailbox : to) {
            try {
                MaildirFile file = mailboxes.open(mailbox).file(name);
                transaction.add(file);
                if (first == null) {
                    write(mail, file);
                    first = file;
                } else {
                    file.copyFrom(first);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "Message " + mail.id() + " could not be stored in " + mailboxes.folder(mailbox) + ".", e);
            }
        }
    }

    private static void write(InboundMail mail, MaildirFile file) throws IOException {
        try (InputStream content = mail.content().stream();
                OutputStream out = Disk.createFile(file.unfinished())) {
            FinalDelivery.copy(mail.envelope().reversePathText(), content, out);
        }
    }
}
