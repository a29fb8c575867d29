package org.postern.smtp.server;

import java.util.Optional;
import org.postern.Envelope;
import org.postern.Mailbox;
import org.postern.Recipient;
import org.postern.Reply;

/** Takes mail for everybody, and asks nobody. */
final class Welcoming implements RecipientRules {

    @Override
    public Optional<Reply> refusal(Session asking, Envelope soFar, Mailbox mailbox) {
        return Optional.empty();
    }

    @Override
    public boolean asksApplication(Recipient recipient) {
        return false;
    }
}
