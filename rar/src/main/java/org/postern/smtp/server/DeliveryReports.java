package org.postern.smtp.server;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.postern.smtp.Ascii;

/** The values of the parameters that RFC 3461 adds to MAIL and RCPT: read strictly, as they are passed on to others. */
final class DeliveryReports {

    /** RFC 3461 section 4: printable ASCII, but for plus and equals; what is not is a plus and two digits in upper case. */
    private static final Pattern XTEXT = Pattern.compile("(?:[!-*,-<>-~]|\\+[0-9A-F]{2})+");

    /** Characters that have no place in an identifier or address, however they are written. */
    private static final Pattern HIDDEN_CONTROL = Pattern.compile("\\+(?:[01][0-9A-F]|7F)");

    /** RFC 6533 section 3: UTF-8 as it is, in a transaction with SMTPUTF8 only. */
    private static final Pattern UNITEXT = Pattern.compile("[^\\p{Cntrl} =+]+");

    private static final Pattern ADDRESS_TYPE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*)");
    private static final List<String> CONDITIONS = List.of("SUCCESS", "FAILURE", "DELAY");
    private static final int MAX_ENVELOPE_ID = 100;
    private static final int MAX_ORIGINAL_RECIPIENT = 500;

    private DeliveryReports() {}

    /** Reads RET (RFC 3461 section 4.3). {@return FULL or HDRS} */
    static String returned(String value) throws SyntaxException {
        String upper = Ascii.upper(value);
        if (!upper.equals("FULL") && !upper.equals("HDRS")) {
            throw wrong("RET must be FULL or HDRS");
        }
        return upper;
    }

    /** Reads ENVID (RFC 3461 section 4.4). {@return it as given} */
    static String envelopeId(String value) throws SyntaxException {
        if (value.length() > MAX_ENVELOPE_ID || !isXtext(value)) {
            throw wrong("ENVID must be xtext of at most 100 characters (RFC 3461)");
        }
        return value;
    }

    /** Reads NOTIFY (RFC 3461 section 4.1). {@return it in upper case} */
    static String notifyOn(String value) throws SyntaxException {
        String upper = Ascii.upper(value);
        if (upper.equals("NEVER")) {
            return upper;
        }
        Set<String> seen = new HashSet<>();
        for (String condition : upper.split(",", -1)) {
            if (!CONDITIONS.contains(condition) || !seen.add(condition)) {
                throw wrong("NOTIFY must be NEVER, or some of SUCCESS, FAILURE and DELAY, each once, joined by commas");
            }
        }
        return upper;
    }

    /** Reads ORCPT (RFC 3461 section 4.2, RFC 6533 section 3). {@return it as given} */
    static String originalRecipient(String value) throws SyntaxException {
        int semicolon = value.indexOf(';');
        boolean valid = value.length() <= MAX_ORIGINAL_RECIPIENT
                && semicolon > 0
                && ADDRESS_TYPE.matcher(value.substring(0, semicolon)).matches();
        if (!valid || !isAddress(value.substring(0, semicolon), value.substring(semicolon + 1))) {
            throw wrong("ORCPT must be an address type, a semicolon and xtext, at most 500 characters (RFC 3461)");
        }
        return value;
    }

    private static boolean isAddress(String type, String text) {
        return type.equalsIgnoreCase("utf-8") && UNITEXT.matcher(text).matches() || isXtext(text);
    }

    private static boolean isXtext(String text) {
        return XTEXT.matcher(text).matches() && !HIDDEN_CONTROL.matcher(text).find();
    }

    private static SyntaxException wrong(String sentence) {
        return new SyntaxException(501, "5.5.4", sentence);
    }
}
