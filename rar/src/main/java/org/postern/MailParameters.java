package org.postern;

import java.io.Serializable;
import java.util.Objects;

/**
 * What the sender of a message asked for with the parameters of MAIL.
 *
 * @param eightBit whether the content may hold octets beyond ASCII, {@code BODY=8BITMIME} (RFC 6152)
 * @param international whether addresses and header fields may be UTF-8, {@code SMTPUTF8} (RFC 6531)
 * @param returned how much is returned with a failure report, {@code FULL} or {@code HDRS} (RFC 3461 section 4.3); empty where
 *     it was not given
 * @param envelopeId the value of ENVID in xtext (RFC 3461 section 4.4); empty where it was not given
 */
public record MailParameters(boolean eightBit, boolean international, String returned, String envelopeId)
        implements Serializable {

    /** Nothing was asked for. */
    public static final MailParameters NONE = new MailParameters(false, false, "", "");

    /** Checks that nothing is null. */
    public MailParameters {
        Objects.requireNonNull(returned, "returned");
        Objects.requireNonNull(envelopeId, "envelopeId");
    }
}
