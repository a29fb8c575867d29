package org.postern.administration;

import java.util.Objects;
import java.util.Optional;

/**
 * One setting, as a typed constant.
 *
 * @param name its name: {@code maxMessageSize} is also the system property {@code postern.maxMessageSize} and the environment
 *     variable {@code POSTERN_MAX_MESSAGE_SIZE}
 * @param type how its text is read, and what is legal
 * @param defaultText the text of its default
 * @param whenUnreadable the text that stands in for a stored value that cannot be read any more: never a weaker one. Empty
 *     where such a value is an error
 * @param description what it means, with unit, special values and source; a sentence or two, on one line
 * @param <T> the type of its value
 */
public record Setting<T>(
        String name, SettingType<T> type, String defaultText, Optional<String> whenUnreadable, String description) {

    /** Checks that the default is legal. */
    public Setting {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        type.read(defaultText);
        whenUnreadable.ifPresent(type::read);
    }

    /** Makes a setting whose unreadable stored value is an error. */
    public Setting(String name, SettingType<T> type, String defaultText, String description) {
        this(name, type, defaultText, Optional.empty(), description);
    }

    /** {@return this setting, with a value that stands in for an unreadable stored one} */
    public Setting<T> whenUnreadable(String text) {
        return new Setting<>(name, type, defaultText, Optional.of(text), description);
    }

    /**
     * Reads a value.
     *
     * @param text the text as somebody wrote it
     * @return the value
     * @throws IllegalArgumentException with a full sentence that names the setting, the text and what is legal
     */
    public T parse(String text) {
        try {
            return type.read(text.trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The setting " + name + " must be " + type.legal() + ", but it was \"" + shown(text) + "\".", e);
        }
    }

    private static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 100 ? printable : printable.substring(0, 100) + "...";
    }

    @Override
    public String toString() {
        return name;
    }
}
