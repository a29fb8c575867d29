package org.postern.gateway;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that share the fate of a transaction without being a resource of it: delivered before it commits, removed when it did
 * not. A crash between the two leaves a message whose sender was not told 250 and brings it again: doubled, never lost.
 */
final class MaildirTransaction implements Synchronization {

    private static final System.Logger LOG = System.getLogger(MaildirTransaction.class.getName());

    private final List<MaildirFile> files = new ArrayList<>();
    private boolean ended;

    /**
     * Adds a file before it is written, so that what was written of it will be removed after a failure.
     *
     * @throws IllegalStateException if the transaction has ended: a server's watch on its time can end it from another thread
     */
    synchronized void add(MaildirFile file) {
        if (ended) {
            throw new IllegalStateException("The transaction ended before the message was stored.");
        }
        files.add(file);
    }

    /** Delivers the files; an unchecked exception rolls the transaction back. */
    @Override
    public synchronized void beforeCompletion() {
        for (MaildirFile file : files) {
            try {
                file.deliver();
            } catch (IOException e) {
                throw new UncheckedIOException("The message could not be moved to " + file.delivered() + ".", e);
            }
        }
    }

    @Override
    public synchronized void afterCompletion(int status) {
        ended = true;
        if (status != Status.STATUS_COMMITTED) {
            files.forEach(MaildirTransaction::discard);
        }
    }

    private static void discard(MaildirFile file) {
        try {
            file.discard();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A message that was not accepted could not be removed: " + file.delivered(), e);
        }
    }
}
