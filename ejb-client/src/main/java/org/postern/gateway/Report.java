package org.postern.gateway;

import java.util.List;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailParameters;
import org.postern.Mailbox;
import org.postern.Recipient;

/**
 * A delivery status notification, ready to be sent.
 *
 * @param messageId the adapter's identifier of the message that it is about
 * @param to whom that message came from
 * @param content header and body
 */
record Report(String messageId, Mailbox to, MailContent content) {

    /** {@return its identifier, which no message has} */
    String id() {
        return messageId + ".report";
    }

    /**
     * {@return its envelope: a report never causes another (RFC 3461 section 6.1)}
     *
     * @param recipient whom mail for the sender goes to
     */
    Envelope envelopeFor(Recipient recipient) {
        MailParameters parameters = new MailParameters(to.isInternational(), to.isInternational(), "", "");
        Recipient silent = new Recipient(recipient.mailbox(), "NEVER", "");
        return new Envelope(Optional.empty(), List.of(silent), parameters);
    }
}
