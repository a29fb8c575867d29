package org.postern;

import java.io.Serializable;
import java.util.Locale;

/**
 * A mailbox address, {@code local-part@domain} (RFC 5321 section 4.1.2, with RFC 6531 for characters beyond ASCII). Always
 * well-formed: an instance holds nothing that could end a line, a path or a header field early.
 *
 * @param localPart as written, quoted where it was quoted; its case is the receiving domain's business
 * @param domain a domain name or an address literal in brackets; as written, compared without case
 */
public record Mailbox(String localPart, String domain) implements Serializable {

    /** Checks both parts against the grammar. */
    public Mailbox {
        MailboxGrammar.requireLocalPart(localPart);
        MailboxGrammar.requireDomain(domain);
    }

    /**
     * Reads an address.
     *
     * @param text such as {@code orders@example.org}, without angle brackets
     * @return the address
     * @throws IllegalArgumentException with a sentence, if it is not a mailbox
     */
    public static Mailbox parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("A mailbox must have the form local-part@domain; there is no @.");
        }
        return new Mailbox(text.substring(0, at), text.substring(at + 1));
    }

    /** {@return whether the domain is an address literal such as {@code [192.0.2.1]}} */
    public boolean isAddressLiteral() {
        return domain.charAt(0) == '[';
    }

    /** {@return the domain in lower case and ASCII (RFC 5890 section 2.3.2.1), for look-ups} */
    public String domainKey() {
        return MailboxGrammar.toAscii(domain).toLowerCase(Locale.ROOT);
    }

    /**
     * {@return whether the local part looks like a way to somewhere else: {@code a%b}, {@code b!a} or a quoted {@code a@b}} A
     * server that mail is passed on to may take it for one, and so relay for somebody whom it would not relay for itself.
     */
    public boolean isSourceRouted() {
        return unquotedLocalPart().chars().anyMatch(c -> c == '%' || c == '!' || c == '@');
    }

    /** {@return whether the local part is {@code postmaster}, in any case of ASCII (RFC 5321 section 4.5.1)} */
    public boolean isPostmaster() {
        String meant = unquotedLocalPart();
        return MailboxGrammar.isAscii(meant) && meant.equalsIgnoreCase("postmaster");
    }

    /** {@return the local part without quotes and quoting backslashes: what it means rather than how it is written} */
    public String unquotedLocalPart() {
        return MailboxGrammar.unquote(localPart);
    }

    /** {@return whether it needs SMTPUTF8: it has characters beyond ASCII} */
    public boolean isInternational() {
        return !MailboxGrammar.isAscii(localPart) || !MailboxGrammar.isAscii(domain);
    }

    /** {@return the address as it stands in a path} */
    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
