package org.postern.smtp.server;

import org.postern.Reply;

/** Replies that more than one place gives. */
public final class Replies {

    /** The bean failed; nothing about how is told. */
    public static final Reply DELIVERY_FAILED =
            new Reply(451, "4.3.0", "The message could not be processed; try again later");

    /** No application takes mail at present, or all of them are busy. */
    public static final Reply NO_ENDPOINT =
            new Reply(451, "4.3.2", "No application can take this message at present; try again later");

    /** There was no bean or thread for it within the time for which a message waits. */
    public static final Reply BUSY = new Reply(451, "4.3.2", "All applications are busy at present; try again later");

    /** The message has as many recipients as it may have (RFC 5321 section 4.5.3.1.10). */
    public static final Reply TOO_MANY_RECIPIENTS =
            new Reply(452, "4.5.3", "Too many recipients; send the message again for the others");

    /** This gateway is about to stop. */
    public static final Reply SHUTTING_DOWN = new Reply(421, "4.3.2", "This server is shutting down; try again later");

    /** The peer kept silent for too long. */
    public static final Reply TIMED_OUT = new Reply(421, "4.4.2", "Nothing came for too long");

    /** The message has been through too many servers: it goes in circles (RFC 5321 section 6.3). */
    public static final Reply LOOP =
            new Reply(554, "5.4.6", "The message has been through 100 servers and more; it loops");

    static final Reply MAIL_FIRST = new Reply(503, "5.5.1", "Send MAIL first");
    static final Reply NO_RECIPIENT = new Reply(554, "5.5.1", "There is no valid recipient");
    static final Reply AFTER_BDAT =
            new Reply(503, "5.5.1", "The content has begun with BDAT; send more of it, or RSET");
    static final Reply OK = new Reply(250, "2.0.0", "OK");
    static final Reply SENDER_OK = new Reply(250, "2.1.0", "Sender OK");
    static final Reply RECIPIENT_OK = new Reply(250, "2.1.5", "Recipient OK");
    static final Reply STARTTLS_FIRST = new Reply(530, "5.7.0", "Must issue a STARTTLS command first");
    static final Reply TLS_FOR_SENDER =
            new Reply(530, "5.7.0", "Mail from this domain is taken over TLS only; issue a STARTTLS command first");
    static final Reply STARTTLS_REFUSED_TOO_OFTEN = new Reply(421, "4.7.0", "TLS is required here and was not begun");

    private Replies() {}

    /** {@return the refusal of a message that is larger than allowed (RFC 1870 section 6)} */
    public static Reply tooBig(long limit) {
        return new Reply(552, "5.3.4", "A message must have at most " + limit + " octets");
    }
}
