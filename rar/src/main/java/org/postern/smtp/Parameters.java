package org.postern.smtp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters behind a path, {@code SIZE=1000 BODY=8BITMIME} (RFC 5321 section 4.1.2). */
public final class Parameters {

    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");
    private static final Pattern VALUE = Pattern.compile("[^\\p{Cntrl} =]+");

    private Parameters() {}

    /**
     * Reads parameters.
     *
     * @param text the parameters, separated by spaces; may be empty
     * @return values by keyword in upper case, in the order given; empty for a keyword without a value
     * @throws IllegalArgumentException if the text is not of this form or a keyword is given twice
     */
    public static Map<String, String> read(String text) {
        if (text.isEmpty()) {
            return Map.of();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : text.split(" +")) {
            int equals = parameter.indexOf('=');
            String keyword = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (!KEYWORD.matcher(keyword).matches()
                    || equals >= 0 && !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("A parameter must have the form KEYWORD or KEYWORD=value.");
            }
            if (parameters.put(Ascii.upper(keyword), value) != null) {
                throw new IllegalArgumentException("A parameter must not be given twice.");
            }
        }
        return parameters;
    }
}
