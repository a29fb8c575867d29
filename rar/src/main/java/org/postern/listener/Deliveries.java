package org.postern.listener;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.smtp.server.RecipientRules;

/**
 * What becomes of mail. None of the methods waits for anything: outcomes come later, once each, on any thread, and within a
 * bounded time.
 */
public interface Deliveries {

    /** {@return who may send to whom} */
    RecipientRules rules();

    /** Asks the application about a recipient; the outcome is its refusal, or empty if the recipient is welcome. */
    void check(Envelope soFar, Recipient recipient, Consumer<Optional<Reply>> outcome);

    /**
     * Hands a message to the application; the outcome is positive only if the message is safe there.
     *
     * @param mail the message
     * @param awaited whether its sender still waits for the outcome; where he does not, an application that has not begun is not
     *     called any more, as he brings the message again
     * @param outcome is given the reply
     */
    void deliver(InboundMail mail, BooleanSupplier awaited, Consumer<Reply> outcome);
}
