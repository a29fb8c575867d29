package org.postern;

import java.net.IDN;

/** The grammar of mailbox addresses (RFC 5321 sections 4.1.2, 4.1.3 and 4.5.3.1; RFC 6531 section 3.3). */
final class MailboxGrammar {

    private static final int MAX_LOCAL_PART = 64;
    private static final int MAX_DOMAIN = 255;
    private static final int MAX_LABEL = 63;
    private static final String ATEXT_SYMBOLS = "!#$%&'*+-/=?^_`{|}~";

    private MailboxGrammar() {}

    static void requireLocalPart(String text) {
        if (octets(text) > MAX_LOCAL_PART) {
            throw new IllegalArgumentException("The local part of an address must have at most 64 octets.");
        }
        boolean valid = text.startsWith("\"") ? isQuotedString(text) : isDotString(text);
        if (!valid) {
            throw new IllegalArgumentException(
                    "The local part of an address must be atoms joined by dots, or a quoted string (RFC 5321 4.1.2).");
        }
    }

    static void requireDomain(String text) {
        if (octets(text) > MAX_DOMAIN) {
            throw new IllegalArgumentException("The domain of an address must have at most 255 octets.");
        }
        if (!(text.startsWith("[") ? isAddressLiteral(text) : isDomainName(text))) {
            throw new IllegalArgumentException(
                    "The domain of an address must be a domain name or an address literal in brackets (RFC 5321 4.1.2).");
        }
    }

    /** A name as HELO, an address or a certificate may carry it: letters, digits and inner hyphens in labels. */
    static boolean isDomainName(String text) {
        String ascii = toAscii(text);
        int label = 0;
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c == '.') {
                if (label == 0 || ascii.charAt(i - 1) == '-') {
                    return false;
                }
                label = 0;
            } else if (isLetterOrDigit(c) || c == '_' || c == '-' && label > 0) {
                // An underscore is no letter of a host name, but names with one are in use and harm nobody.
                if (++label > MAX_LABEL) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return label > 0 && ascii.charAt(ascii.length() - 1) != '-';
    }

    static boolean isAddressLiteral(String text) {
        if (text.length() < 3 || text.charAt(text.length() - 1) != ']') {
            return false;
        }
        String inside = text.substring(1, text.length() - 1);
        if (isAscii(inside) && inside.regionMatches(true, 0, "IPv6:", 0, 5)) {
            return AddressLiteral.isIpv6(inside.substring(5));
        }
        return AddressLiteral.isIpv4(inside);
    }

    static String unquote(String localPart) {
        if (!localPart.startsWith("\"")) {
            return localPart;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < localPart.length() - 1; i++) {
            char c = localPart.charAt(i);
            plain.append(c == '\\' ? localPart.charAt(++i) : c);
        }
        return plain.toString();
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDotString(String text) {
        boolean inAtom = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && !inAtom) {
                return false;
            }
            if (c != '.' && !isAtext(c)) {
                return false;
            }
            inAtom = c != '.';
        }
        return inAtom && hasPairedSurrogates(text);
    }

    private static boolean isQuotedString(String text) {
        int last = text.length() - 1;
        if (last < 1 || text.charAt(last) != '"') {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                if (i == last || text.charAt(i) < ' ' || text.charAt(i) > '~') {
                    return false;
                }
            } else if (c == '"' || c < ' ' || c >= 0x7f && c < 0xa0) {
                return false;
            }
        }
        return hasPairedSurrogates(text);
    }

    private static boolean isAtext(char c) {
        return isLetterOrDigit(c) || ATEXT_SYMBOLS.indexOf(c) >= 0 || c >= 0xa0;
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean hasPairedSurrogates(String text) {
        return isAscii(text)
                || text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** {@return the ASCII form of a domain; empty if it has none} */
    static String toAscii(String domain) {
        if (isAscii(domain)) {
            // Only where it is needed: IDN would refuse an underscore, which names in use have.
            return domain;
        }
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static int octets(String text) {
        return isAscii(text) ? text.length() : text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }
}
