package org.postern.outbound;

import java.io.IOException;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.MailDeliveryException;
import org.postern.smtp.client.Content;
import org.postern.smtp.client.Feature;

/**
 * What is sent.
 *
 * @param envelope sender and recipients
 * @param content header and body, checked
 */
record Message(Envelope envelope, Content content) {

    /**
     * {@return this message as a server can take it}
     *
     * @param wire a connection that is ready for a message
     * @param conversion converts content; empty where that is not allowed
     * @throws MailDeliveryException permanent, if it cannot be converted
     * @throws IOException if the content cannot be read
     */
    Message fitting(Wire wire, Optional<SevenBit> conversion) throws MailDeliveryException, IOException {
        boolean fits = !content.isEightBit() || wire.features().offers(Feature.EIGHT_BIT_MIME);
        return fits || conversion.isEmpty()
                ? this
                : new Message(envelope, conversion.get().convert(wire.server(), content));
    }
}
