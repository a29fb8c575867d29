package org.postern.outbound;

import java.io.IOException;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Reply;

/** What this side says itself, where the server could not be asked or gave no answer. */
final class OwnVerdict {

    private static final int CLOSING = 421;
    private static final int FOR_NOW = 451;
    private static final int NEVER = 554;

    private OwnVerdict() {}

    /** {@return what stands in for replies that do not come; it means the same as a server's (RFC 5321 section 3.8)} */
    static Reply lost(String sentence, String status) {
        return reply(CLOSING, status, sentence);
    }

    /** {@return a reply of a sentence that may hold what others wrote} */
    static Reply reply(int code, String status, String sentence) {
        return new Reply(code, status, sentence.replaceAll("\\p{Cntrl}", "?"));
    }

    /** {@return why a message can never be delivered} */
    static MailDeliveryException refuses(String sentence, String status) {
        return new MailDeliveryException(sentence, reply(NEVER, status, sentence), null, null);
    }

    /** {@return why a message waits whose content gave an error} */
    static MailDeliveryException unreadable(NextHop nextHop, IOException e) {
        return waits("The content for " + nextHop + " could not be read (" + e.getMessage() + ").", "4.3.0", e);
    }

    /** {@return why a message waits} */
    static MailDeliveryException waits(String sentence, String status, Throwable cause) {
        return new MailDeliveryException(sentence, reply(FOR_NOW, status, sentence), null, cause);
    }
}
