package org.postern;

/**
 * Carries the reply with which an application refuses a message or a recipient. Always rolls the transaction back. A reply without
 * an enhanced status is given {@code 4.0.0} or {@code 5.0.0} (RFC 2034 section 4), that to a message ends with its id, and behind
 * 421 the session is closed (RFC 5321 section 3.8).
 */
public class MailRejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reply reply;

    /**
     * Refuses with a reply.
     *
     * @param code a reply code, 400 to 599 (RFC 5321 section 4.2.1)
     * @param enhancedStatus such as {@code 5.7.1} (RFC 3463); its class equals the code's first digit
     * @param text one line of printable ASCII for the sender's eyes
     * @throws IllegalArgumentException if one of them is not as described
     */
    public MailRejectedException(int code, String enhancedStatus, String text) {
        this(new Reply(code, enhancedStatus, text));
    }

    /**
     * Refuses with a reply, such as one that a next hop gave.
     *
     * @param reply a negative reply
     * @throws IllegalArgumentException if the reply is not negative
     */
    public MailRejectedException(Reply reply) {
        super(reply.toString());
        if (!reply.isNegative()) {
            throw new IllegalArgumentException(
                    "A rejection needs a reply code from 400 to 599, but it was " + reply.code() + ".");
        }
        this.reply = reply;
    }

    /** {@return what the sender is told} */
    public Reply reply() {
        return reply;
    }
}
