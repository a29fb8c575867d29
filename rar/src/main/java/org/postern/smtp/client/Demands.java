package org.postern.smtp.client;

import org.postern.Envelope;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Reply;

/** What a message demands of the server it is sent to. */
public final class Demands {

    /** For addresses that a server without SMTPUTF8 cannot take (RFC 6531 section 3.2). */
    static final Reply NOT_INTERNATIONAL =
            new Reply(553, "5.6.7", "The server takes no addresses beyond ASCII, as it has no SMTPUTF8");

    /** For content that a server without 8BITMIME cannot take (RFC 6152 section 3). */
    private static final Reply NOT_EIGHT_BIT =
            new Reply(554, "5.6.3", "The server takes no content beyond ASCII, as it has no 8BITMIME");

    private Demands() {}

    /**
     * Refuses a message that a server cannot take, before any of it is sent.
     *
     * @param nextHop the server
     * @param envelope sender and recipients
     * @param content the content
     * @param features what the server offers
     * @throws MailDeliveryException permanent, with a sentence
     */
    public static void check(NextHop nextHop, Envelope envelope, Content content, Features features)
            throws MailDeliveryException {
        if (Commands.needsUtf8(envelope, content) && !features.offers(Feature.SMTPUTF8)) {
            throw refused(nextHop, NOT_INTERNATIONAL);
        }
        if (content.isEightBit() && !features.offers(Feature.EIGHT_BIT_MIME)) {
            throw refused(nextHop, NOT_EIGHT_BIT);
        }
        if (features.maxSize() > 0 && content.size() > features.maxSize()) {
            String text = "The server takes messages of up to " + features.maxSize() + " octets, and this has "
                    + content.size();
            throw refused(nextHop, new Reply(552, "5.3.4", text));
        }
    }

    /**
     * Refuses content that may be converted for a server without 8BITMIME, and cannot be.
     *
     * @param nextHop the server
     * @param reason to stand behind "as"
     * @return permanent, with a sentence
     */
    public static MailDeliveryException unconvertible(NextHop nextHop, String reason) {
        return refused(
                nextHop, new Reply(554, "5.6.3", NOT_EIGHT_BIT.text() + ", nor can this be converted, as " + reason));
    }

    private static MailDeliveryException refused(NextHop nextHop, Reply reply) {
        return new MailDeliveryException("The message cannot be sent to " + nextHop + ": " + reply, reply, null, null);
    }
}
