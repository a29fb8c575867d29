package org.postern.administration;

import java.util.function.Function;

/**
 * How the text of a setting is read. {@link SettingTypes} has the usual ones.
 *
 * @param legal what is legal, to stand behind "must be"
 * @param reader reads trimmed text; throws IllegalArgumentException for text that is not legal
 * @param <T> the type of the values
 */
public record SettingType<T>(String legal, Function<String, T> reader) {

    /** {@return the value of trimmed text} */
    T read(String text) {
        return reader.apply(text);
    }
}
