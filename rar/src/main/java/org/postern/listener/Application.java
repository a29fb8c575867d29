package org.postern.listener;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.smtp.server.Phase;
import org.postern.smtp.server.Replies;
import org.postern.smtp.server.Session;

/**
 * A session's dealings with the application: the recipient it is asked about, and the message that it has. Answers arrive on the
 * connection's event loop, and each at most once; one that comes too late is thrown away.
 */
final class Application {

    private final Reception reception;
    private final Session session;
    private final Executor executor;
    private final Acquaintance acquaintance;
    private Question question;
    private Incoming handedOver;

    /** What the command was that named the recipient. */
    private record Question(String command) {}

    Application(Reception reception, Session session, Executor executor) {
        this.reception = reception;
        this.session = session;
        this.executor = executor;
        this.acquaintance = new Acquaintance(reception.environment().peers(), session);
    }

    /** Asks about the recipient named last, by a command. */
    void check(String command, Consumer<Optional<Reply>> answer) {
        var all = session.envelope().recipients();
        Recipient asked = all.get(all.size() - 1);
        var soFar = session.envelope().withRecipients(all.subList(0, all.size() - 1));
        var asking = new Question(command);
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

    /** The answer about a recipient is not waited for any longer. {@return the command that named it} */
    String forgetQuestion() {
        String command = question.command();
        question = null;
        return command;
    }

    /**
     * Hands over a message whose end was reached.
     *
     * @param answer is given the reply to it
     */
    void deliver(Incoming message, Consumer<Reply> answer) {
        handedOver = message;
        reception
                .deliveries()
                .deliver(
                        message.mail(),
                        message::isAwaited,
                        outcome -> executor.execute(() -> {
                            if (handedOver == message && session.phase() == Phase.DELIVERY) {
                                answer.accept(answered(outcome));
                            } else {
                                reception.journal().lost(message.mail(), outcome);
                                message.abandon();
                            }
                        }));
    }

    private Reply answered(Reply outcome) {
        Incoming message = handedOver;
        handedOver = null;
        session.delivered();
        if (outcome.isPositive()) {
            acquaintance.messageTaken(message.mail());
        }
        return message.answered(session, outcome);
    }

    /** The outcome of a delivery is not waited for any longer. The application keeps the content. {@return the reply} */
    Reply giveUp() {
        Reply reply = handedOver.answeredInAdvance(session, Replies.NO_ENDPOINT);
        handedOver.forsake();
        handedOver = null;
        session.delivered();
        return reply;
    }

    /** Nobody is there any more to hear an outcome. */
    void peerLeft() {
        if (handedOver != null) {
            handedOver.forsake();
        }
    }
}
