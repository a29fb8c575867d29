package org.postern.settings;

import java.util.Map;
import java.util.Optional;
import org.postern.administration.Health.Severity;
import org.postern.administration.Setting;
import org.postern.administration.Source;
import org.postern.settings.Configuration.Configured;

/**
 * Finds the value of a setting among what was stored and what was configured.
 *
 * @param configuration what was configured
 * @param stored what is in the settings file, by name; empty if it cannot be read
 */
record Resolver(Configuration configuration, Optional<Map<String, String>> stored) {

    <T> Resolution<T> resolve(Setting<T> setting) {
        if (stored.isEmpty()) {
            return setting.whenUnreadable().isPresent()
                    ? standIn(setting, "The stored value of " + setting + " could not be read")
                    : configured(setting);
        }
        String text = stored.get().get(setting.name());
        return text == null ? configured(setting) : changed(setting, text);
    }

    private <T> Resolution<T> changed(Setting<T> setting, String text) {
        Resolution<T> found;
        try {
            found = Resolution.of(setting, text, Source.CHANGED);
        } catch (IllegalArgumentException e) {
            return setting.whenUnreadable().isPresent()
                    ? standIn(setting, "The stored value cannot be read. " + e.getMessage() + " Until it is set anew")
                    : configured(setting).with(Severity.ERROR, "The stored value cannot be read. " + e.getMessage());
        }
        return configuration
                .find(setting)
                .filter(configured -> !configured.text().trim().equals(found.text()))
                .map(configured -> found.with(Severity.WARNING, hidden(found, configured)))
                .orElse(found);
    }

    private <T> Resolution<T> configured(Setting<T> setting) {
        Optional<Configured> configured = configuration.find(setting);
        if (configured.isEmpty()) {
            return Resolution.of(setting, setting.defaultText(), Source.DEFAULT);
        }
        Source source = configured.get().source();
        try {
            return Resolution.of(setting, configured.get().text(), source);
        } catch (IllegalArgumentException e) {
            String safe = setting.whenUnreadable().orElse(setting.defaultText());
            return Resolution.of(setting, safe, source)
                    .with(Severity.ERROR, e.getMessage() + " It comes from: " + source + ".");
        }
    }

    private static <T> Resolution<T> standIn(Setting<T> setting, String reason) {
        String text = setting.whenUnreadable().orElseThrow();
        return Resolution.of(setting, text, Source.CHANGED)
                .with(Severity.WARNING, reason + "; " + text + " stands in for it.");
    }

    private static String hidden(Resolution<?> found, Configured configured) {
        return "The setting " + found.setting() + " is " + found.text() + ", as changed at run time; this hides "
                + configured.text().trim() + " (" + configured.source() + ") until it is reset.";
    }
}
