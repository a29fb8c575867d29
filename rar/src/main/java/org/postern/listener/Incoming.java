package org.postern.listener;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.Reply;
import org.postern.content.SpooledContent;
import org.postern.smtp.server.Received;
import org.postern.smtp.server.Replies;
import org.postern.smtp.server.Session;

/** One message on its way in, from the reply to DATA to the reply to its content, or from the first BDAT to the reply to the last. */
final class Incoming {

    private static final System.Logger LOG = System.getLogger(Incoming.class.getName());
    private static final Reply BARE_NEWLINE =
            new Reply(550, "5.5.2", "The message has a bare CR or LF; lines must end with CRLF");
    private static final Reply NO_ROOM = new Reply(452, "4.3.1", "There is no room for this message at present");

    private final Reception reception;
    private final ReceivedMail mail;
    private final ContentSink sink;
    private final ContentReader reader;
    private final ChunkReader chunks;
    private final long maxSize;
    private final long begun;
    private volatile boolean awaited = true;
    private IOException failure;

    private Incoming(Reception reception, ReceivedMail mail, BareNewline bareNewline, long maxSize) {
        this.reception = reception;
        this.mail = mail;
        this.maxSize = maxSize;
        this.sink = new ContentSink(mail.content(), bareNewline, maxSize);
        this.reader = new ContentReader(sink);
        this.chunks = new ChunkReader(sink);
        this.begun = System.nanoTime();
    }

    static Incoming begin(Reception reception, Session session) {
        String id = reception.ids().next();
        Envelope envelope = session.envelope();
        var peer = session.facts().peer();
        SpooledContent content = reception.spool().begin(id, session.announcedSize());
        var mail = new ReceivedMail(id, envelope, content, peer, session.helloName(), session.tls());
        var incoming = new Incoming(
                reception, mail, reception.bareNewline(peer), session.facts().maxMessageSize());
        String field = Received.field(session, envelope, id, reception.now());
        incoming.top(field);
        return incoming;
    }

    private void top(String field) {
        try {
            mail.content().append(ByteBuffer.wrap(field.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Takes content. {@return whether its end was reached} */
    boolean read(ByteBuf in) {
        return reader.read(in);
    }

    /** Takes octets of a chunk, so many of which have come in. */
    void readChunk(ByteBuf in, int count) {
        chunks.read(in, count);
    }

    /** {@return why the content, whose end was not reached, will not be taken; empty if it may be} */
    Optional<Reply> refusalSoFar() {
        if (sink.isTooBig()) {
            return Optional.of(Replies.tooBig(maxSize));
        }
        if (sink.isRejected()) {
            return Optional.of(BARE_NEWLINE);
        }
        if (sink.header().isLoop()) {
            return Optional.of(Replies.LOOP);
        }
        return spoolFailure();
    }

    /** {@return why the content, whose end was reached, is not taken; empty if it is} */
    Optional<Reply> refusal() {
        chunks.end();
        Optional<Reply> refusal = refusalSoFar();
        if (refusal.isPresent()) {
            return refusal;
        }
        try {
            mail.content().complete();
        } catch (IOException e) {
            failure = e;
        }
        return spoolFailure();
    }

    private Optional<Reply> spoolFailure() {
        IOException problem = failure != null ? failure : sink.failure();
        if (problem == null) {
            return Optional.empty();
        }
        LOG.log(System.Logger.Level.ERROR, "Message " + mail.id() + " could not be spooled: " + problem);
        return Optional.of(NO_ROOM);
    }

    ReceivedMail mail() {
        return mail;
    }

    /** {@return whether the sender still waits for the reply} On any thread. */
    boolean isAwaited() {
        return awaited;
    }

    /** The sender does not wait any longer. */
    void forsake() {
        awaited = false;
    }

    /** Counts and logs the outcome and frees the content. {@return the reply} */
    Reply answered(Session session, Reply outcome) {
        Reply reply = answeredInAdvance(session, outcome);
        abandon();
        return reply;
    }

    /** Counts and logs the outcome, while the application still has the content. {@return the reply} */
    Reply answeredInAdvance(Session session, Reply outcome) {
        long millis = (System.nanoTime() - begun) / 1_000_000;
        reception.journal().message(session, mail, sink.header().messageId(), outcome, millis);
        return outcome.isPositive() ? outcome : withId(outcome);
    }

    /** Who asks why his mail was refused names it by this. */
    private Reply withId(Reply refusal) {
        var lines = new ArrayList<>(refusal.lines());
        lines.add(lines.remove(lines.size() - 1) + " (id " + mail.id() + ")");
        return new Reply(refusal.code(), refusal.enhancedStatus(), lines);
    }

    /** Frees the content. */
    void abandon() {
        try {
            mail.content().close();
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The spool file of message " + mail.id() + " could not be deleted: " + e);
        }
    }
}
