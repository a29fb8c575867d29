package org.postern.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import org.postern.Reply;
import org.postern.smtp.server.Phase;
import org.postern.smtp.server.Replies;
import org.postern.smtp.server.Session;

/** How a session ends: with a last reply, which must not be lost, when the listener closes, or since nothing more can come. */
final class Ending {

    private static final int CLOSING = 421;

    /** Not 554: behind that a server has to wait for QUIT (RFC 5321 section 3.1). */
    private static final Reply SPOKEN_BEFORE = new Reply(CLOSING, "4.5.1", "You must wait for the greeting");

    private static final Reply TOO_SLOW = new Reply(CLOSING, "4.4.2", "The message came too slowly");

    private final Reception reception;
    private final Session session;
    private final ChannelHandlerContext context;
    private final Output output;
    private final Patience patience;
    private boolean wanted;
    private boolean inputEnded;

    Ending(Reception reception, Session session, ChannelHandlerContext context, Output output, Patience patience) {
        this.reception = reception;
        this.session = session;
        this.context = context;
        this.output = output;
        this.patience = patience;
    }

    /** Ends the session with a reply that nobody asked for. */
    void with(Reply reply) {
        reception.journal().refusal(session, "", reply);
        said(reply);
    }

    /** The peer did not wait for the greeting. */
    void spokenBefore() {
        reception.statistics().countLimit(LimitSettings.GREETING_DELAY.name());
        with(SPOKEN_BEFORE);
    }

    /** Content did not come in time. */
    void tooSlow(Intake intake) {
        intake.giveUp(TOO_SLOW).ifPresentOrElse(this::said, () -> with(TOO_SLOW));
    }

    private void said(Reply last) {
        output.write(last);
        now();
    }

    /** Ends the session if a reply that was written says so, as an application's may, or was one refusal too many. */
    void ifDueAfter(Reply written, Conduct conduct) {
        if (written.code() == CLOSING) {
            now();
        } else {
            conduct.judge(written).ifPresent(this::with);
        }
    }

    private void now() {
        session.close();
        patience.stop();
        Drain.close(context);
    }

    /** Ends the session as soon as that loses nothing: at once when idle, else when the message under way is answered. */
    void want() {
        wanted = true;
        if (!isDue() && session.phase() == Phase.HANDSHAKE) {
            context.close();
        }
    }

    /** {@return whether the session was ended now, as it was wanted before} */
    boolean isDue() {
        boolean due = wanted && session.phase() == Phase.COMMAND;
        if (due) {
            with(Replies.SHUTTING_DOWN);
        }
        return due;
    }

    /** The peer sends nothing more. */
    void inputEnded() {
        inputEnded = true;
        whenAllIsAnswered();
    }

    /** What the peer has sent is answered: what is not there to its end then never will be. */
    void whenAllIsAnswered() {
        if (inputEnded
                && session.phase() != Phase.CLOSED
                && !session.phase().isWithApplication()
                && !output.isStalled()) {
            end();
        }
    }

    private void end() {
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null && !tls.handshakeFuture().isDone()) {
            // The end of the handshake is still to be told.
            context.close();
            return;
        }
        session.close();
        Drain.close(context);
    }
}
