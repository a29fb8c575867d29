package org.postern.smtp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.MailParameters;
import org.postern.Mailbox;
import org.postern.Recipient;

/**
 * A mail transaction (RFC 5321 section 3.3); replaced as a whole, never cleared field by field.
 *
 * @param reversePath the sender
 * @param parameters of MAIL
 * @param announcedSize in octets; 0 where none was
 * @param recipients those accepted so far; grows
 * @param chunked whether a part of the content has come with BDAT
 */
record Transaction(
        Optional<Mailbox> reversePath,
        MailParameters parameters,
        long announcedSize,
        List<Recipient> recipients,
        boolean chunked) {

    static Transaction begin(Optional<Mailbox> reversePath, MailParameters parameters, long announcedSize) {
        return new Transaction(reversePath, parameters, announcedSize, new ArrayList<>(), false);
    }

    Envelope envelope() {
        return new Envelope(reversePath, recipients, parameters);
    }

    Transaction inChunks() {
        return new Transaction(reversePath, parameters, announcedSize, recipients, true);
    }

    Recipient removeLast() {
        return recipients.remove(recipients.size() - 1);
    }
}
