package org.postern.certificate;

import java.util.regex.Pattern;
import org.postern.administration.SettingType;

/** The name of an entry of the store, which is also the name of its folder. */
public final class Alias {

    /** The alias of the certificate that the first start makes. */
    public static final String DEFAULT = "default";

    /** An alias as the value of a setting. */
    public static final SettingType<String> TYPE = new SettingType<>(
            "an alias: a lower-case letter or digit, then up to 63 of a-z, 0-9, dot, underscore and hyphen",
            Alias::check);

    /** What JConsole puts into each field of text; never a value that somebody meant. */
    static final String PLACEHOLDER = "String";

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private Alias() {}

    /** {@return whether a text is an alias; no such text leads out of the store's folder} */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * Checks an alias.
     *
     * @return the same alias
     * @throws IllegalArgumentException with a full sentence, if it is none
     */
    public static String check(String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException(
                    "An alias must begin with a lower-case letter or digit and consist of at most 64"
                            + " of a-z, 0-9, dot, underscore and hyphen.");
        }
        return text;
    }
}
