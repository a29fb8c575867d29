package org.postern.smtp.server;

import java.util.Optional;
import org.postern.Envelope;
import org.postern.Mailbox;
import org.postern.Recipient;
import org.postern.Reply;

/** Who may send to whom. Judged at RCPT, without waiting for anything. */
public interface RecipientRules {

    /**
     * Judges a recipient.
     *
     * @param session the session, as far as it has come
     * @param soFar the envelope with the recipients accepted so far
     * @param mailbox the recipient in question
     * @return the reply that refuses it; empty if it is welcome
     */
    Optional<Reply> refusal(Session session, Envelope soFar, Mailbox mailbox);

    /** {@return whether the application wants to be asked for this recipient, too} */
    boolean asksApplication(Recipient recipient);

    /**
     * Judges a sender.
     *
     * @param sender the reverse path; empty for the null reverse path
     * @return whether mail from it is taken over TLS only
     */
    default boolean demandsTlsFrom(Optional<Mailbox> sender) {
        return false;
    }
}
