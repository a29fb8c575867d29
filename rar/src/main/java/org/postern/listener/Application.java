package org.postern.listener;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.smtp.server.Phase;
import org.postern.smtp.server.Replies;
import org.postern.smtp.server.Session;

/**
 * A session's dealings with the application: recipients it is asked about, and the message on its way to it. Answers arrive on the
 * connection's event loop, and each at most once; one that comes too late is thrown away.
 */
final class Application {

    private final Reception reception;
    private final Session session;
    private final Executor executor;
    private Incoming incoming;
    private Object question;

    Application(Reception reception, Session session, Executor executor) {
        this.reception = reception;
        this.session = session;
        this.executor = executor;
    }

    /** Asks about the recipient named last. */
    void check(Consumer<Optional<Reply>> answer) {
        var all = session.envelope().recipients();
        Recipient asked = all.get(all.size() - 1);
        var soFar = session.envelope().withRecipients(all.subList(0, all.size() - 1));
        Object asking = new Object();
        question = asking;
        reception
                .deliveries()
                .check(
                        soFar,
                        asked,
                        refusal -> executor.execute(() -> {
                            if (question == asking && session.phase() == Phase.RECIPIENT_CHECK) {
                                question = null;
                                answer.accept(refusal);
                            }
                        }));
    }

    /** The answer about a recipient is not waited for any longer. */
    void forgetQuestion() {
        question = null;
    }

    /** Content begins. */
    void contentBegins() {
        incoming = Incoming.begin(reception, session);
    }

    /** Takes content. {@return whether its end was reached} */
    boolean read(ByteBuf in) {
        return incoming.read(in);
    }

    /**
     * The end of the content was reached.
     *
     * @param answer is given the reply to it, if the message is handed over
     * @return the reply, if it is not
     */
    Optional<Reply> deliver(Consumer<Reply> answer) {
        Optional<Reply> refusal = session.contentEnded(incoming.refusal());
        if (refusal.isPresent()) {
            incoming.answered(session, refusal.get());
            incoming = null;
            return refusal;
        }
        Incoming handedOver = incoming;
        reception
                .deliveries()
                .deliver(
                        handedOver.mail(),
                        outcome -> executor.execute(() -> {
                            if (incoming != handedOver || session.phase() != Phase.DELIVERY) {
                                reception.journal().lost(handedOver.mail(), outcome);
                                handedOver.abandon();
                                return;
                            }
                            session.delivered();
                            incoming = null;
                            handedOver.answered(session, outcome);
                            answer.accept(outcome);
                        }));
        return Optional.empty();
    }

    /** The outcome of a delivery is not waited for any longer. The application keeps the content. {@return the reply} */
    Reply giveUp() {
        incoming.answeredInAdvance(session, Replies.NO_ENDPOINT);
        incoming = null;
        session.delivered();
        return Replies.NO_ENDPOINT;
    }

    /** The session is over. Content that is with the application is closed when that is done. */
    void close() {
        if (session.phase() != Phase.DELIVERY && incoming != null) {
            incoming.abandon();
        }
    }
}
