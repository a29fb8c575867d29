package org.postern.smtp.server;

import java.util.Map;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.Mailbox;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.smtp.Ascii;
import org.postern.smtp.Path;

/** RCPT (RFC 5321 section 4.1.1.3) with NOTIFY and ORCPT (RFC 3461). */
final class Rcpt implements Command {

    private static final String SYNTAX = "Syntax: RCPT TO:<address>";

    @Override
    public Action parse(String argument) throws SyntaxException {
        Path path = PathArgument.cut(argument, "TO:", SYNTAX);
        // "Postmaster" without a domain is the one local part that stands alone (RFC 5321 section 4.5.1).
        boolean barePostmaster = Ascii.equalsIgnoringCase(path.inside(), "postmaster");
        Optional<Mailbox> mailbox =
                barePostmaster ? Optional.empty() : Optional.of(PathArgument.mailbox(path, "5.1.3"));
        String notifyOn = "";
        String original = "";
        for (Map.Entry<String, String> parameter :
                PathArgument.parameters(path.rest()).entrySet()) {
            switch (parameter.getKey()) {
                case "NOTIFY" -> notifyOn = DeliveryReports.notifyOn(parameter.getValue());
                case "ORCPT" -> original = DeliveryReports.originalRecipient(parameter.getValue());
                default -> throw PathArgument.unknown(parameter.getKey());
            }
        }
        return action(mailbox, notifyOn, original);
    }

    private static Action action(Optional<Mailbox> mailbox, String notifyOn, String original) {
        return session -> add(
                session,
                new Recipient(
                        mailbox.orElseGet(
                                () -> new Mailbox("postmaster", session.facts().hostName())),
                        notifyOn,
                        original));
    }

    private static Reply add(Session session, Recipient recipient) {
        if (!session.hasTransaction()) {
            return Replies.MAIL_FIRST;
        }
        if (session.isChunked()) {
            return Replies.AFTER_BDAT;
        }
        Envelope soFar = session.envelope();
        if (!soFar.parameters().international() && isInternational(recipient)) {
            return PathArgument.needsSmtputf8(553).reply();
        }
        int limit = session.facts().maxRecipients();
        if (limit > 0 && soFar.recipients().size() >= limit) {
            return Replies.TOO_MANY_RECIPIENTS;
        }
        Optional<Reply> refusal = session.rules().refusal(session, soFar, recipient.mailbox());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        session.add(recipient, session.rules().asksApplication(recipient));
        return Replies.RECIPIENT_OK;
    }

    private static boolean isInternational(Recipient recipient) {
        return recipient.mailbox().isInternational() || !Ascii.is(recipient.originalRecipient());
    }
}
