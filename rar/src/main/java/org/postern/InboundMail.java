package org.postern;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A message as it came in. Valid until the transaction in which it was delivered has ended. */
public interface InboundMail {

    /**
     * {@return the adapter's identifier of this message}, unique for this gateway: it stands in the Received field, in the reply
     * to the sender and in every log line about the message.
     */
    String id();

    /** {@return sender and recipients as given in the session, not as the header tells} */
    Envelope envelope();

    /** {@return header and body, with the Received field of this gateway on top} */
    MailContent content();

    /**
     * Reads the content as a Jakarta Mail message.
     *
     * @param session the mail session it belongs to; null for none
     * @return a new message
     * @throws IOException if the content cannot be read
     * @throws MessagingException if the header cannot be parsed
     */
    MimeMessage toMimeMessage(Session session) throws IOException, MessagingException;

    /** {@return address and port of the peer} */
    InetSocketAddress peer();

    /** {@return the name that the peer gave with EHLO or HELO; it proves nothing} */
    String heloName();

    /** {@return what TLS was used; empty for mail in clear} */
    Optional<TlsSession> tls();
}
