package org.postern.test.application;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.ResourceException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.postern.Envelope;
import org.postern.MailConnection;
import org.postern.MailConnectionFactory;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;

/** Sends with the injected factory, and tells in words what came of it. */
@Stateless
public class Sender {

    @Resource(lookup = "java:app/mail/postern")
    private MailConnectionFactory mail;

    /** Something to do with a connection. */
    @FunctionalInterface
    private interface Sending {
        Receipt with(MailConnection connection) throws MailDeliveryException, MessagingException;
    }

    public Map<String, String> send(String nextHop, String from, String[] recipients, byte[] content) {
        return send(nextHop, connection -> connection.send(Envelope.of(from, recipients), MailContent.of(content)));
    }

    public Map<String, String> sendMessage(String nextHop, String to, String blindCopyTo, String subject) {
        return send(nextHop, connection -> connection.send(message(to, blindCopyTo, subject)));
    }

    private Map<String, String> send(String nextHop, Sending sending) {
        try (MailConnection connection = mail.getConnection(NextHop.parse(nextHop))) {
            return facts(sending.with(connection));
        } catch (MailDeliveryException e) {
            return facts(e);
        } catch (ResourceException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MimeMessage message(String to, String blindCopyTo, String subject) throws MessagingException {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
        message.setFrom("sender@example.org");
        message.setRecipients(Message.RecipientType.TO, to);
        message.setRecipients(Message.RecipientType.BCC, blindCopyTo);
        message.setSubject(subject, "UTF-8");
        message.setText("Grüße\n.\n", "UTF-8");
        return message;
    }

    private static Map<String, String> facts(Receipt receipt) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("reply", receipt.reply().toString());
        facts.put("complete", Boolean.toString(receipt.isComplete()));
        facts.put("refused", receipt.refused().toString());
        receipt.tls().ifPresent(tls -> {
            facts.put("protocol", tls.protocol());
            facts.put("verification", tls.verification().name());
        });
        return facts;
    }

    private static Map<String, String> facts(MailDeliveryException failure) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("failure", failure.getMessage());
        facts.put("reply", failure.reply().toString());
        facts.put("temporary", Boolean.toString(failure.isTemporary()));
        failure.tlsFailure().ifPresent(reason -> facts.put("tlsFailure", reason.name()));
        return facts;
    }
}
