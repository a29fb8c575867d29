package org.postern.gateway;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import org.postern.Mailbox;

/**
 * Which mailbox an address means, however it is written: without case, without quotes that were not needed, and with a domain
 * beyond ASCII in its ASCII form (RFC 5890). RFC 5321 section 2.4 leaves the case of a local part to its domain; here
 * {@code Joe} and {@code joe} are one.
 *
 * @param localPart folded and unquoted: it may hold anything, a slash or two dots among it
 * @param domain in lower case and ASCII
 */
record MailboxKey(String localPart, String domain) {

    static MailboxKey of(Mailbox mailbox) {
        return new MailboxKey(fold(mailbox.unquotedLocalPart()), ascii(mailbox.domainKey()));
    }

    /** {@return the mailbox of this name in another domain} */
    MailboxKey at(String otherDomain) {
        return new MailboxKey(localPart, otherDomain.toLowerCase(Locale.ROOT));
    }

    /** Folds each character as {@link String#equalsIgnoreCase} compares it, in composed form before and after. */
    static String fold(String text) {
        StringBuilder folded = new StringBuilder();
        compose(text)
                .codePoints()
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .forEach(folded::appendCodePoint);
        return compose(folded.toString());
    }

    private static String compose(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String ascii(String domain) {
        boolean ascii = domain.chars().allMatch(c -> c < 0x80);
        // Only where it is needed: IDN would refuse an underscore, which names in use have.
        return ascii ? domain : IDN.toASCII(domain).toLowerCase(Locale.ROOT);
    }
}
