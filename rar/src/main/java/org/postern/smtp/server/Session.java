package org.postern.smtp.server;

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

    private final SessionFacts facts;
    private final RecipientRules rules;
    private final Dispatcher dispatcher = new Dispatcher(this);

    private Phase phase = Phase.COMMAND;
    private Optional<TlsSession> tls = Optional.empty();
    private String helloName = "";
    private boolean extended;
    private Transaction transaction;
    private Chunk chunk;

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

    /** {@return the greeting} */
    public Reply greeting() {
        return new Reply(220, "", facts.hostName() + " ESMTP Postern");
    }

    /**
     * Carries out a command. In phase {@link Phase#CHUNK} the reply is not to be sent: {@link #chunkEnded} gives it. Nor is it in phase {@link Phase#RECIPIENT_CHECK}: {@link #recipientChecked} gives the one that is.
     *
     * @param line the line without its end
     * @return the reply
     */
    public Reply command(String line) {
        require(Phase.COMMAND);
        return dispatcher.command(line);
    }

    /**
     * Answers a line that is too long or malformed as a line. One that was meant as BDAT ends the session: nobody can tell the
     * content that follows it from commands.
     *
     * @param line as much of it as is known
     * @param why a sentence
     * @return the reply
     */
    public Reply badLine(String line, String why) {
        require(Phase.COMMAND);
        return dispatcher.badLine(line, why);
    }

    /**
     * To be called when all lines that came in one read are answered.
     *
     * @return the reply that ends the session, if the peer has tried too often to do without TLS
     */
    public Optional<Reply> groupEnded() {
        return dispatcher.groupEnded();
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
        transaction.removeLast();
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

    /**
     * All octets of a chunk have been read.
     *
     * @param refusal why the content so far cannot be taken; empty if it can, and where the chunk was thrown away
     * @return the reply; empty if the content is to be delivered now
     */
    public Optional<Reply> chunkEnded(Optional<Reply> refusal) {
        require(Phase.CHUNK);
        Chunk ended = chunk;
        chunk = null;
        phase = Phase.COMMAND;
        if (!ended.isWelcome()) {
            return ended.refusal();
        }
        if (refusal.isPresent()) {
            transaction = null;
            return refusal;
        }
        if (ended.last()) {
            phase = Phase.DELIVERY;
            return Optional.empty();
        }
        return Optional.of(new Reply(250, "2.0.0", ended.size() + " octets received"));
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
        phase = Phase.COMMAND;
    }

    /** Ends the session: nothing is carried out any more. */
    public void close() {
        phase = Phase.CLOSED;
    }

    /** {@return the longest line that a session takes, in octets with CRLF} */
    public static int longestLine() {
        return Verbs.longestLine();
    }

    /** {@return the chunk whose octets follow; null but in phase {@link Phase#CHUNK}} */
    public Chunk chunk() {
        return chunk;
    }

    /** {@return whether a message is under way, some of whose content has come or is about to} */
    public boolean isReceiving() {
        return phase == Phase.CONTENT || phase == Phase.DELIVERY || isChunked();
    }

    /** {@return the envelope so far; empty outside of a transaction} */
    public Optional<Envelope> currentEnvelope() {
        return Optional.ofNullable(transaction).map(Transaction::envelope);
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

    /** Whether nothing but TLS helps the peer on. */
    boolean awaitsTls() {
        return facts.tlsRequired() && tls.isEmpty();
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
        transaction = Transaction.begin(reversePath, parameters, announcedSize);
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

    boolean isChunked() {
        return transaction != null && transaction.chunked();
    }

    void chunkBegins(Chunk announced) {
        chunk = announced;
        phase = Phase.CHUNK;
        if (announced.isWelcome()) {
            transaction = transaction.inChunks();
        }
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
