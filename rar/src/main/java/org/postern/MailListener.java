package org.postern;

/**
 * Receives mail: the message listener interface that a message-driven bean implements.
 *
 * <p>The adapter runs {@link #onMail} in the bean's container-managed transaction. The sender is told 250 only after that
 * transaction has committed; whatever else happens, the sender keeps the message (451) or is told why it was refused.
 */
public interface MailListener {

    /**
     * Takes over one message. Returning normally accepts it, once the transaction has committed.
     *
     * @param mail the message; valid until the transaction has ended
     * @throws MailRejectedException to answer the sender with a reply of the application's choice; the transaction is
     *     rolled back. Any other exception rolls back too and is answered 451 4.3.0
     */
    void onMail(InboundMail mail) throws MailRejectedException;

    /**
     * Asked for each recipient as the sender names it (RCPT, RFC 5321 section 4.1.1.3), if the bean's activation property
     * {@code checkRecipients} is {@code true}. Not asked for a {@code postmaster} of this gateway's own domains, who is always
     * welcome (RFC 5321 section 4.5.1). Runs in a transaction of its own.
     *
     * @param envelope the envelope as accepted so far, without this recipient
     * @param recipient the recipient in question
     * @throws MailRejectedException to refuse this recipient with a reply of the application's choice
     */
    default void onRecipient(Envelope envelope, Recipient recipient) throws MailRejectedException {
        // Every recipient is welcome until an application says otherwise.
    }
}
