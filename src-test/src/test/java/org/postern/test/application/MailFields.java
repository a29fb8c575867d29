package org.postern.test.application;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.postern.InboundMail;

/** Fields of a message, read with the server's Jakarta Mail. */
final class MailFields {

    private MailFields() {}

    static String subject(InboundMail message) {
        try {
            return message.toMimeMessage(null).getSubject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
