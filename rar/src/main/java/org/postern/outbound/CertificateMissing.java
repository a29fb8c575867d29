package org.postern.outbound;

import org.postern.MailDeliveryException;

/** The certificate that this side is to show is lost: mail waits for it. No demand on the server was broken, none was made. */
final class CertificateMissing extends MailDeliveryException {

    /** The reason, as it is told to administrators. */
    static final String REASON = "CLIENT_CERTIFICATE_MISSING";

    private static final long serialVersionUID = 1L;

    CertificateMissing(String sentence) {
        super(sentence, OwnVerdict.reply(451, "4.3.5", sentence), null, null);
    }
}
