package org.postern.outbound;

import org.postern.MailDeliveryException;

/** A server gave no connection or no greeting. */
class Unreachable extends MailDeliveryException {

    private static final long serialVersionUID = 1L;

    Unreachable(String sentence, String status, Throwable cause) {
        super(sentence, OwnVerdict.reply(451, status, sentence), null, cause);
    }
}
