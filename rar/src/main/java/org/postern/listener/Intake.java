package org.postern.listener;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.postern.Reply;
import org.postern.smtp.server.Phase;
import org.postern.smtp.server.Session;

/** The content that comes in a session, behind DATA or BDAT: of one message at a time. */
final class Intake {

    private final Reception reception;
    private final Session session;
    private Incoming incoming;
    private long leftOfChunk;

    Intake(Reception reception, Session session) {
        this.reception = reception;
        this.session = session;
    }

    /** DATA was answered 354. */
    void dataBegins() {
        incoming = Incoming.begin(reception, session);
    }

    /** BDAT has come. */
    void chunkBegins() {
        leftOfChunk = session.chunk().size();
        if (incoming == null && session.chunk().isWelcome()) {
            incoming = Incoming.begin(reception, session);
        }
    }

    /** A command was carried out; it may have ended the message that BDAT had begun. */
    void commandEnded() {
        if (incoming != null && !session.isReceiving()) {
            abandon();
        }
    }

    /** Takes content. {@return whether its end was reached: of all of it, or of a chunk} */
    boolean read(ByteBuf in) {
        if (session.phase() == Phase.CONTENT) {
            return incoming.read(in);
        }
        int count = (int) Math.min(leftOfChunk, in.readableBytes());
        leftOfChunk -= count;
        if (session.chunk().isWelcome()) {
            incoming.readChunk(in, count);
        } else {
            in.skipBytes(count);
        }
        return leftOfChunk == 0;
    }

    /** Its end was reached. {@return the reply; empty if the message is to be delivered now} */
    Optional<Reply> ended() {
        if (session.phase() == Phase.CONTENT) {
            return session.contentEnded(incoming.refusal().map(this::answered));
        }
        if (!session.chunk().isWelcome()) {
            Reply reply = session.chunkEnded(Optional.empty()).orElseThrow();
            reception.journal().refusal(session, "BDAT", reply);
            return Optional.of(reply);
        }
        Optional<Reply> refusal = session.chunk().last() ? incoming.refusal() : incoming.refusalSoFar();
        return session.chunkEnded(refusal.map(this::answered));
    }

    /** {@return the message that is to be delivered; it is the caller's from now on} */
    Incoming handOver() {
        Incoming complete = incoming;
        incoming = null;
        return complete;
    }

    /** The content is not waited for any longer. {@return the reply; empty if it was not to be taken anyway} */
    Optional<Reply> giveUp(Reply refusal) {
        return Optional.ofNullable(incoming).map(message -> answered(refusal));
    }

    private Reply answered(Reply refusal) {
        return handOver().answered(session, refusal);
    }

    /** Frees the content of a message that does not come to its end. */
    void abandon() {
        if (incoming != null) {
            incoming.abandon();
            incoming = null;
        }
    }
}
