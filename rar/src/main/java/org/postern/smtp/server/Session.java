package org.postern.smtp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.MailParameters;
import org.postern.Mailbox;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.TlsSession;

/**
 * One SMTP session, the server's side. The transport gives it what comes in and writes the replies that it returns; {@link
 * #phase()} tells what it waits for. Not for use by several threads.
 */
public final class Session {

    private static final int GROUPS_BEFORE_TLS = 3;

    private final SessionFacts facts;
    private final RecipientRules rules;

    private Phase phase = Phase.COMMAND;
    private Optional<TlsSession> tls = Optional.empty();
    private String helloName = "";
    private boolean extended;
    private Transaction transaction;

    private boolean refusedInGroup;
    private int groupsRefused;

    /**
     * Begins a session in clear. On a port for implicit TLS, {@link #tlsBegan} follows before the greeting.
     *
     * @param facts what holds in this session
     * @param rules who may send to whom
     */
    public Session(SessionFacts facts, RecipientRules rules) {
        this.facts = facts;
        this.rules = rules;
    }

    /** A mail transaction (RFC 5321 section 3.3); replaced as a whole, never cleared field by field. */
    private record Transaction(
            Optional<Mailbox> reversePath, MailParameters parameters, long announcedSize, List<Recipient> recipients) {

        Envelope envelope() {
            return new Envelope(reversePath, recipients, parameters);
        }
    }

    /** {@return the greeting} */
    public Reply greeting() {
        return new Reply(220, "", facts.hostName() + " ESMTP Postern");
    }

    /**
     * Carries out a command. In phase {@link Phase#RECIPIENT_CHECK} the reply is not to be sent: {@link #recipientChecked} gives
     * the one that is.
     *
     * @param line the line without its end
     * @return the reply
     */
    public Reply command(String line) {
        require(Phase.COMMAND);
        int space = line.indexOf(' ');
        String name = space < 0 ? line : line.substring(0, space);
        String argument = space < 0 ? "" : line.substring(space + 1);
        Optional<Verb> verb = Verbs.find(name);
        if (facts.tlsRequired()
                && tls.isEmpty()
                && !verb.map(v -> v.has(Verb.Flag.BEFORE_TLS)).orElse(false)) {
            refusedInGroup = true;
            return Replies.STARTTLS_FIRST;
        }
        if (verb.isEmpty()) {
            return new Reply(500, "5.5.1", "There is no such command; HELP lists them");
        }
        try {
            Command.Action action = verb.get().command().parse(argument);
            if (verb.get().has(Verb.Flag.AFTER_HELLO) && helloName.isEmpty()) {
                return new Reply(503, "5.5.1", "Send EHLO first");
            }
            return action.execute(this);
        } catch (SyntaxException e) {
            return e.reply();
        }
    }

    /** Answers a line that is too long or malformed as a line. */
    public Reply badLine(String why) {
        require(Phase.COMMAND);
        return new Reply(500, "5.5.2", why);
    }

    /**
     * To be called when all lines that came in one read are answered.
     *
     * @return the reply that ends the session, if the peer has tried too often to do without TLS
     */
    public Optional<Reply> groupEnded() {
        if (!refusedInGroup) {
            return Optional.empty();
        }
        refusedInGroup = false;
        if (++groupsRefused < GROUPS_BEFORE_TLS || phase == Phase.CLOSED) {
            return Optional.empty();
        }
        phase = Phase.CLOSED;
        return Optional.of(Replies.STARTTLS_REFUSED_TOO_OFTEN);
    }

    /**
     * The application has spoken about the recipient named last.
     *
     * @param refusal its reply; empty if the recipient is welcome
     * @return the reply
     */
    public Reply recipientChecked(Optional<Reply> refusal) {
        require(Phase.RECIPIENT_CHECK);
        phase = Phase.COMMAND;
        if (refusal.isEmpty()) {
            return Replies.RECIPIENT_OK;
        }
        transaction.recipients().remove(transaction.recipients().size() - 1);
        return refusal.get();
    }

    /**
     * The final dot has come.
     *
     * @param refusal why the content cannot be taken; empty if it can
     * @return the refusal; empty if the content is to be delivered now
     */
    public Optional<Reply> contentEnded(Optional<Reply> refusal) {
        require(Phase.CONTENT);
        if (refusal.isPresent()) {
            transaction = null;
            phase = Phase.COMMAND;
        } else {
            phase = Phase.DELIVERY;
        }
        return refusal;
    }

    /** {@return whether a sender was accepted and the message has not come yet} */
    public boolean hasTransaction() {
        return transaction != null;
    }

    /** Forgets the transaction under way: the transport does not allow it. */
    public void withdraw() {
        require(Phase.COMMAND);
        transaction = null;
    }

    /** The delivery has ended, one way or the other. */
    public void delivered() {
        require(Phase.DELIVERY);
        transaction = null;
        phase = Phase.COMMAND;
    }

    /** TLS is in use from now on. Everything learned before is forgotten (RFC 3207 section 4.2). */
    public void tlsBegan(TlsSession session) {
        if (phase != Phase.HANDSHAKE && phase != Phase.COMMAND) {
            throw new IllegalStateException("TLS cannot begin in phase " + phase + ".");
        }
        tls = Optional.of(session);
        helloName = "";
        extended = false;
        transaction = null;
        refusedInGroup = false;
        phase = Phase.COMMAND;
    }

    /** Ends the session: nothing is carried out any more. */
    public void close() {
        phase = Phase.CLOSED;
    }

    /** {@return what the session waits for} */
    public Phase phase() {
        return phase;
    }

    /** {@return what the session was told at its start} */
    public SessionFacts facts() {
        return facts;
    }

    /** {@return the TLS session; empty while in clear} */
    public Optional<TlsSession> tls() {
        return tls;
    }

    /** {@return the name that the peer gave with EHLO or HELO; empty before that} */
    public String helloName() {
        return helloName;
    }

    /** {@return whether the peer said EHLO rather than HELO} */
    public boolean isExtended() {
        return extended;
    }

    /** {@return the envelope so far; there must be a transaction} */
    public Envelope envelope() {
        return transaction.envelope();
    }

    /** {@return the size announced with MAIL, in octets; 0 where none was} */
    public long announcedSize() {
        return transaction.announcedSize();
    }

    boolean offersStarttls() {
        return tls.isEmpty() && facts.starttls() != SessionFacts.Starttls.NOT_OFFERED;
    }

    RecipientRules rules() {
        return rules;
    }

    void hello(String name, boolean asExtended) {
        helloName = name;
        extended = asExtended;
        transaction = null;
    }

    void begin(Optional<Mailbox> reversePath, MailParameters parameters, long announcedSize) {
        transaction = new Transaction(reversePath, parameters, announcedSize, new ArrayList<>());
    }

    void add(Recipient recipient, boolean askApplication) {
        transaction.recipients().add(recipient);
        if (askApplication) {
            phase = Phase.RECIPIENT_CHECK;
        }
    }

    void reset() {
        transaction = null;
    }

    void contentBegins() {
        phase = Phase.CONTENT;
    }

    void handshakeBegins() {
        phase = Phase.HANDSHAKE;
    }

    private void require(Phase expected) {
        if (phase != expected) {
            throw new IllegalStateException("The session is in phase " + phase + ", not " + expected + ".");
        }
    }
}
