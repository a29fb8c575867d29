package org.postern.management;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postern.administration.Setting;
import org.postern.administration.Settings;

/** Settings shown as attributes of a bean: reads, changes and resets them, in the words of a person at JConsole. */
final class Attributes {

    static final String UNCHANGED = " Nothing was changed.";

    private final Settings settings;
    private final Map<String, Setting<?>> byAttribute = new LinkedHashMap<>();

    Attributes(Settings settings) {
        this.settings = settings;
    }

    Attributes with(String attribute, Setting<?> setting) {
        byAttribute.put(attribute, setting);
        return this;
    }

    Map<String, Setting<?>> byAttribute() {
        return byAttribute;
    }

    String text(Setting<?> setting) {
        return settings.text(setting);
    }

    <T> T get(Setting<T> setting) {
        return settings.get(setting);
    }

    /**
     * Changes a setting.
     *
     * @throws IllegalArgumentException with a full sentence, if the text is not legal or a rule refuses it
     * @throws IllegalStateException with a full sentence, if the change cannot be carried out
     */
    void change(Setting<?> setting, String text) {
        String given = text == null ? "" : text;
        carryOut(() -> settings.change(setting, normal(setting.parse(given), given)));
    }

    /** {@return one line that says what was done} */
    String reset() {
        carryOut(() -> settings.reset(List.copyOf(byAttribute.values())));
        return "Reset to the configured values: " + String.join(", ", sources()) + ".";
    }

    /** {@return a line for each attribute: its value and where that comes from} */
    String[] sources() {
        var lines = new ArrayList<String>();
        byAttribute.forEach((attribute, setting) ->
                lines.add(attribute + " = " + settings.text(setting) + " (" + settings.source(setting) + ")"));
        return lines.toArray(String[]::new);
    }

    /** A choice can be written in any case; it is kept and told in the one that the documentation has. */
    private static String normal(Object value, String text) {
        return value instanceof Enum<?> choice ? choice.name() : text;
    }

    /** Causes stay here: a management client may not have their classes. */
    static void carryOut(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + UNCHANGED);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + UNCHANGED);
        }
    }
}
