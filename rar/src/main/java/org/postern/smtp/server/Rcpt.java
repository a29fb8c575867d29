package org.postern.smtp.server;

import java.util.Optional;
import org.postern.Envelope;
import org.postern.Mailbox;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.smtp.Path;

/** RCPT (RFC 5321 section 4.1.1.3). */
final class Rcpt implements Command {

    private static final String SYNTAX = "Syntax: RCPT TO:<address>";

    @Override
    public Action parse(String argument) throws SyntaxException {
        Path path = PathArgument.cut(argument, "TO:", SYNTAX);
        // "Postmaster" without a domain is the one local part that stands alone (RFC 5321 section 4.5.1).
        boolean barePostmaster = path.inside().equalsIgnoreCase("postmaster");
        Optional<Mailbox> mailbox =
                barePostmaster ? Optional.empty() : Optional.of(PathArgument.mailbox(path.inside(), "5.1.3"));
        for (String keyword : PathArgument.parameters(path.rest()).keySet()) {
            throw PathArgument.unknown(keyword);
        }
        return session -> add(
                session,
                mailbox.orElseGet(
                        () -> new Mailbox("postmaster", session.facts().hostName())));
    }

    private static Reply add(Session session, Mailbox mailbox) {
        if (!session.hasTransaction()) {
            return new Reply(503, "5.5.1", "Send MAIL first");
        }
        Envelope soFar = session.envelope();
        int limit = session.facts().maxRecipients();
        if (limit > 0 && soFar.recipients().size() >= limit) {
            return new Reply(452, "4.5.3", "Too many recipients; send the message again for the others");
        }
        Optional<Reply> refusal = session.rules().refusal(session, soFar, mailbox);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Recipient recipient = Recipient.of(mailbox);
        session.add(recipient, session.rules().asksApplication(recipient));
        return Replies.RECIPIENT_OK;
    }
}
