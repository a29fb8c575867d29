package org.postern.outbound;

import java.io.IOException;
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

    /** {@return whether a server can take the content as it is} */
    boolean fits(Wire wire) {
        return !content.isEightBit() || wire.features().offers(Feature.EIGHT_BIT_MIME);
    }

    /**
     * Converts what does not fit.
     *
     * @param wire a connection that is ready for a message
     * @param conversion converts content
     * @return this message as the server can take it
     * @throws MailDeliveryException permanent, if it cannot be converted
     * @throws IOException if the content cannot be read
     */
    Message converted(Wire wire, SevenBit conversion) throws MailDeliveryException, IOException {
        return new Message(envelope, conversion.convert(wire.server(), content));
    }
}
