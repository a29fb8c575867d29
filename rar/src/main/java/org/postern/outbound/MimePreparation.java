package org.postern.outbound;

import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailParameters;
import org.postern.Mailbox;
import org.postern.Recipient;

/** Makes messages of Jakarta Mail ready to be sent: who they go to, and what goes over the connection. */
public final class MimePreparation {

    /** Bcc is nobody's business; Content-Length is a mailbox file's, and wrong after any change. */
    private static final String[] NOT_SENT = {"Bcc", "Content-Length"};

    private static final List<RecipientType> RECIPIENTS =
            List.of(RecipientType.TO, RecipientType.CC, RecipientType.BCC);

    private final ClassLoader loader;
    private final String hostName;
    private final Clock clock;
    private final SevenBit conversion;

    /**
     * Makes one.
     *
     * @param loader the context class loader under which the server's Jakarta Mail finds its parts
     * @param hostName stands in the Message-IDs that are made
     * @param clock stands in the Date fields that are made
     */
    public MimePreparation(ClassLoader loader, String hostName, Clock clock) {
        this.loader = loader;
        this.hostName = hostName;
        this.clock = clock;
        this.conversion = new SevenBit(loader);
    }

    /**
     * A message that is ready.
     *
     * @param envelope sender and recipients
     * @param content header and body, without Bcc
     */
    public record Prepared(Envelope envelope, MailContent content) {}

    /**
     * Makes a message ready. A missing Date or Message-ID is added to it (RFC 5322 section 3.6); its Bcc field stays.
     *
     * @param message the message
     * @return what to send
     * @throws MessagingException if it cannot be read or written, or has no sender or no recipient
     */
    public Prepared prepare(MimeMessage message) throws MessagingException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return new Prepared(envelope(message), content(message));
        } catch (IOException e) {
            throw new MessagingException("The message could not be written: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** {@return what converts messages for servers that could not take them} */
    public SevenBit conversion() {
        return conversion;
    }

    private Envelope envelope(MimeMessage message) throws MessagingException {
        Set<Mailbox> recipients = new LinkedHashSet<>();
        for (RecipientType type : RECIPIENTS) {
            Address[] addresses = message.getRecipients(type);
            recipients.addAll(mailboxes(addresses == null ? new Address[0] : addresses));
        }
        if (recipients.isEmpty()) {
            throw new MessagingException("The message has no recipient in To, Cc or Bcc.");
        }
        // Whether the content is beyond ASCII shows when it is read; this only says that it may be.
        MailParameters parameters = new MailParameters(false, true, "", "");
        return new Envelope(
                Optional.of(sender(message)),
                recipients.stream().map(Recipient::of).toList(),
                parameters);
    }

    private static Mailbox sender(MimeMessage message) throws MessagingException {
        Address[] from = message.getFrom();
        Address sender = message.getSender();
        if (sender == null && from != null && from.length > 0) {
            sender = from[0];
        }
        if (sender == null) {
            throw new MessagingException("The message has no sender in Sender or From.");
        }
        return mailbox(sender);
    }

    private static List<Mailbox> mailboxes(Address[] addresses) throws MessagingException {
        List<Mailbox> mailboxes = new ArrayList<>();
        for (Address address : addresses) {
            if (address instanceof InternetAddress internet && internet.isGroup()) {
                mailboxes.addAll(mailboxes(internet.getGroup(false)));
            } else {
                mailboxes.add(mailbox(address));
            }
        }
        return mailboxes;
    }

    private static Mailbox mailbox(Address address) throws AddressException {
        if (!(address instanceof InternetAddress internet) || internet.getAddress() == null) {
            throw new AddressException("An address of the message is not a mail address.", String.valueOf(address));
        }
        try {
            return Mailbox.parse(internet.getAddress());
        } catch (IllegalArgumentException e) {
            throw new AddressException(e.getMessage(), internet.getAddress());
        }
    }

    private MailContent content(MimeMessage message) throws MessagingException, IOException {
        if (message.getSentDate() == null) {
            message.setSentDate(Date.from(clock.instant()));
        }
        String id = message.getMessageID();
        MailContent content = write(message);
        if (id == null && message.getMessageID() == null) {
            id = "<" + UUID.randomUUID() + "@" + hostName + ">";
        }
        // Writing a message for the first time saves it, which replaces an ID that the application chose.
        if (id == null || id.equals(message.getMessageID())) {
            return content;
        }
        message.setHeader("Message-ID", id);
        return write(message);
    }

    private static MailContent write(MimeMessage message) throws MessagingException, IOException {
        CrlfOutput out = new CrlfOutput();
        message.writeTo(out, NOT_SENT);
        return out.content();
    }
}
