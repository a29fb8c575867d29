package org.postern.gateway;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the parameters of MAIL and RCPT into what stands in the fields of a report. What would not be printable there stays
 * encoded: nothing that a sender wrote can end a line or begin a field.
 */
final class DsnValues {

    private static final Pattern XTEXT_OCTET = Pattern.compile("\\+([0-9A-F]{2})");
    private static final Pattern UNITEXT_POINT = Pattern.compile("\\\\x\\{(10[0-9A-F]{4}|[0-9A-F]{2,5})}");
    private static final Pattern PRINTABLE_ASCII = Pattern.compile("[ -~]*");

    private DsnValues() {}

    /** {@return the value of ENVID without its xtext (RFC 3461 section 6.3)} */
    static String envelopeId(String xtext) {
        return decode(xtext);
    }

    /**
     * Reads the value of ORCPT.
     *
     * @param value address type, semicolon and address
     * @param international whether the message came with SMTPUTF8: only then its sender can read UTF-8 (RFC 6533 section 3)
     * @return the same without xtext, or without the numbers of characters
     */
    static String originalRecipient(String value, boolean international) {
        int address = value.indexOf(';') + 1;
        String type = value.substring(0, address);
        if (!type.equalsIgnoreCase("utf-8;")) {
            return type + decode(value.substring(address));
        }
        return international ? type + withoutNumbers(value.substring(address)) : value;
    }

    private static String decode(String xtext) {
        Matcher octet = XTEXT_OCTET.matcher(xtext);
        String text = octet.replaceAll(
                found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
        return PRINTABLE_ASCII.matcher(text).matches() ? text : xtext;
    }

    private static String withoutNumbers(String unitext) {
        String text = UNITEXT_POINT
                .matcher(unitext)
                .replaceAll(
                        found -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
        // Neither controls nor the halves of a character.
        boolean legal = text.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return legal ? text : unitext;
    }
}
