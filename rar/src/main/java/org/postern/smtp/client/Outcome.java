package org.postern.smtp.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.TlsSession;

/** Gathers the replies to one message and tells from them what became of it. */
public final class Outcome {

    /** Ends the session; it is about the connection and not about what was asked. */
    private static final int CLOSING = 421;

    private final NextHop nextHop;
    private final List<Recipient> recipients;
    private final Reply[] replies;
    private final boolean dsn;
    private Reply mail;

    /**
     * Begins a message.
     *
     * @param nextHop the server
     * @param envelope sender and recipients
     * @param features what the server offers: recipients that it cannot take are refused here
     */
    public Outcome(NextHop nextHop, Envelope envelope, Features features) {
        this.nextHop = nextHop;
        this.recipients = envelope.recipients();
        this.replies = new Reply[recipients.size()];
        this.dsn = features.offers(Feature.DSN);
        if (!features.offers(Feature.SMTPUTF8)) {
            Arrays.setAll(
                    replies, i -> recipients.get(i).mailbox().isInternational() ? Demands.NOT_INTERNATIONAL : null);
        }
    }

    /** {@return the recipients that the server is still to be asked about} */
    public List<Recipient> unasked() {
        List<Recipient> unasked = new ArrayList<>();
        for (int i = 0; i < replies.length; i++) {
            if (replies[i] == null) {
                unasked.add(recipients.get(i));
            }
        }
        return unasked;
    }

    /** Takes the reply to MAIL. */
    public void mail(Reply reply) {
        mail = verdict(reply);
    }

    /** Takes the reply about the first recipient of {@link #unasked}. */
    public void recipient(Reply reply) {
        int next = 0;
        while (replies[next] != null) {
            next++;
        }
        replies[next] = verdict(reply);
    }

    /** {@return whether the sender was accepted, or has not been refused yet} */
    public boolean isSenderWelcome() {
        return mail == null || mail.isPositive();
    }

    /** {@return whether the sender and somebody else was accepted: only then there is a point in sending content} */
    public boolean isWelcome() {
        return isSenderWelcome() && Arrays.stream(replies).anyMatch(reply -> reply != null && reply.isPositive());
    }

    /**
     * Tells what became of a message whose content the server did not want.
     *
     * @return always thrown: nobody was accepted
     */
    public MailDeliveryException unwelcome() {
        if (!isSenderWelcome()) {
            String what = mail.code() == CLOSING ? "The message was not accepted by " : "The sender was refused by ";
            return new MailDeliveryException(what + nextHop + ": " + mail, mail, null, null);
        }
        Reply first = Arrays.stream(replies)
                .filter(reply -> reply != null)
                .findFirst()
                .orElse(mail);
        String sentence = "No recipient was accepted by " + nextHop + ": " + first;
        return new MailDeliveryException(sentence, results(first));
    }

    /**
     * Tells what became of a message from the reply to its content.
     *
     * @param last that reply, or the one that ended the dialogue before
     * @param tls the session that it went over
     * @return what the server said about each recipient, if it has taken over at least one
     * @throws MailDeliveryException if it has not
     */
    public Receipt receipt(Reply last, Optional<TlsSession> tls) throws MailDeliveryException {
        if (!isWelcome()) {
            throw unwelcome();
        }
        Reply end = verdict(last);
        if (end.isPositive()) {
            return new Receipt(nextHop, results(end), end, tls, dsn);
        }
        throw new MailDeliveryException("The message was not accepted by " + nextHop + ": " + end, results(end));
    }

    /** {@return how many recipients were accepted so far: with LMTP each is answered for after the content (RFC 2033)} */
    public int accepted() {
        return (int) Arrays.stream(replies)
                .filter(reply -> reply != null && reply.isPositive())
                .count();
    }

    /**
     * Tells what became of a message from the replies to its content, one for each recipient that was accepted.
     *
     * @param ends those replies, in the order of the recipients
     * @param tls the session that it went over
     * @return what the server said about each recipient, if it has taken over at least one
     * @throws MailDeliveryException if it has not
     */
    public Receipt receipt(List<Reply> ends, Optional<TlsSession> tls) throws MailDeliveryException {
        if (!isWelcome()) {
            throw unwelcome();
        }
        int next = 0;
        Reply taken = null;
        for (int i = 0; i < replies.length; i++) {
            if (replies[i].isPositive()) {
                replies[i] = verdict(ends.get(next++));
                taken = taken == null && replies[i].isPositive() ? replies[i] : taken;
            }
        }
        if (taken != null) {
            return new Receipt(nextHop, results(taken), taken, tls, dsn);
        }
        Reply first = verdict(ends.get(0));
        throw new MailDeliveryException("The message was not accepted by " + nextHop + ": " + first, results(first));
    }

    private List<Receipt.Result> results(Reply end) {
        List<Receipt.Result> results = new ArrayList<>();
        for (int i = 0; i < replies.length; i++) {
            boolean refused = replies[i] != null && replies[i].isNegative();
            results.add(new Receipt.Result(recipients.get(i), refused ? replies[i] : end));
        }
        return results;
    }

    /** A 3yz where yes or no was asked is neither; to be safe it is a no for now, and the message is kept. */
    private static Reply verdict(Reply reply) {
        return reply.isIntermediate()
                ? new Reply(451, "4.5.0", "The server gave a reply that makes no sense here: " + reply)
                : reply;
    }
}
