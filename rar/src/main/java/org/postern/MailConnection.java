package org.postern;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

/**
 * A connection to one next hop. Not for use by several threads at once. Sending is not part of a transaction: SMTP cannot roll
 * back.
 */
public interface MailConnection extends AutoCloseable {

    /**
     * Sends a message as it is, byte for byte, unless an option allows otherwise.
     *
     * @param envelope sender and recipients
     * @param content header and body; lines ended by CRLF
     * @param options what is allowed; by default nothing
     * @return what the next hop said about each recipient; at least one was accepted
     * @throws MailDeliveryException if no recipient was accepted, the connection failed, or the TLS level was not met
     * @throws IllegalArgumentException if the envelope has no recipient, or the content has a bare CR or LF
     * @throws IllegalStateException if this connection has been closed
     */
    Receipt send(Envelope envelope, MailContent content, SendOption... options) throws MailDeliveryException;

    /**
     * Sends a Jakarta Mail message to its recipients (To, Cc, Bcc) from its sender (Sender, else From). The Bcc field is left
     * out of what is sent; {@code saveChanges} is called where it is needed, and Date and Message-ID are added where they are
     * absent (RFC 5322 section 3.6).
     *
     * @param message the message
     * @param options what is allowed; by default nothing
     * @return what the next hop said about each recipient; at least one was accepted
     * @throws MailDeliveryException as above
     * @throws MessagingException if the message cannot be read or has no recipient
     */
    Receipt send(MimeMessage message, SendOption... options) throws MailDeliveryException, MessagingException;

    /** Gives the connection back to the pool. Does nothing when it was closed already. */
    @Override
    void close();
}
