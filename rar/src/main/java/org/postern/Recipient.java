package org.postern;

import java.io.Serializable;
import java.util.Objects;

/**
 * One recipient of an envelope.
 *
 * @param mailbox where the mail goes
 * @param notifyOn when the sender wants to be told, the value of NOTIFY (RFC 3461 section 4.1); empty where it was not given
 * @param originalRecipient the value of ORCPT in xtext, with its address type (RFC 3461 section 4.2); empty where it was not
 *     given
 */
public record Recipient(Mailbox mailbox, String notifyOn, String originalRecipient) implements Serializable {

    /** Checks that nothing is null. */
    public Recipient {
        Objects.requireNonNull(mailbox, "mailbox");
        Objects.requireNonNull(notifyOn, "notifyOn");
        Objects.requireNonNull(originalRecipient, "originalRecipient");
    }

    /**
     * Makes a recipient without wishes about notifications.
     *
     * @param address such as {@code orders@example.org}
     * @return the recipient
     * @throws IllegalArgumentException with a sentence, if it is not a mailbox
     */
    public static Recipient of(String address) {
        return of(Mailbox.parse(address));
    }

    /** {@return a recipient without wishes about notifications} */
    public static Recipient of(Mailbox mailbox) {
        return new Recipient(mailbox, "", "");
    }

    @Override
    public String toString() {
        return mailbox.toString();
    }
}
