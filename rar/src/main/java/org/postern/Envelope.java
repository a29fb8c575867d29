package org.postern;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What travels beside the content of a message: who gets it, and who is told when it cannot be delivered (RFC 5321 section
 * 2.3.1).
 *
 * @param reversePath where failures are reported to; empty for the null reverse path of notifications (RFC 5321 section 4.5.5)
 * @param recipients who gets it, in the order named
 * @param parameters what the sender asked for with MAIL
 */
public record Envelope(Optional<Mailbox> reversePath, List<Recipient> recipients, MailParameters parameters)
        implements Serializable {

    /** Copies the list and checks that nothing is null. */
    public Envelope {
        Objects.requireNonNull(reversePath, "reversePath");
        Objects.requireNonNull(parameters, "parameters");
        recipients = List.copyOf(recipients);
    }

    /**
     * Makes an envelope from addresses.
     *
     * @param reversePath such as {@code sender@example.org}; empty for the null reverse path
     * @param recipients such as {@code orders@example.org}
     * @return the envelope
     * @throws IllegalArgumentException with a sentence, if one is not a mailbox
     */
    public static Envelope of(String reversePath, String... recipients) {
        return new Envelope(
                reversePath.isEmpty() ? Optional.empty() : Optional.of(Mailbox.parse(reversePath)),
                Stream.of(recipients).map(Recipient::of).toList(),
                MailParameters.NONE);
    }

    /** {@return this envelope for other recipients, say those of one next hop} */
    public Envelope withRecipients(List<Recipient> others) {
        return new Envelope(reversePath, others, parameters);
    }

    /** {@return the reverse path as it stands between angle brackets; empty for the null reverse path} */
    public String reversePathText() {
        return reversePath.map(Mailbox::toString).orElse("");
    }
}
