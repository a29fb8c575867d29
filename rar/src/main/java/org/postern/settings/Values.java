package org.postern.settings;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postern.administration.Health.Severity;
import org.postern.administration.Setting;
import org.postern.administration.SettingValues;
import org.postern.administration.Source;

/** The values of all settings at one moment; immutable. */
final class Values implements SettingValues {

    private final Map<String, Resolution<?>> byName;

    Values(Collection<Setting<?>> settings, Resolver resolver) {
        var resolutions = new LinkedHashMap<String, Resolution<?>>();
        for (Setting<?> setting : settings) {
            resolutions.put(setting.name(), resolver.resolve(setting));
        }
        byName = resolutions;
    }

    @Override
    public <T> T get(Setting<T> setting) {
        return find(setting).value();
    }

    @Override
    public String text(Setting<?> setting) {
        return find(setting).text();
    }

    @Override
    public Source source(Setting<?> setting) {
        return find(setting).source();
    }

    Collection<Resolution<?>> all() {
        return byName.values();
    }

    List<String> sentences(Severity severity) {
        return byName.values().stream()
                .flatMap(resolution -> resolution.problem().stream())
                .filter(problem -> problem.severity() == severity)
                .map(Resolution.Problem::sentence)
                .toList();
    }

    /** A name belongs to one setting, so what is found under it has that setting's type. */
    @SuppressWarnings("unchecked")
    <T> Resolution<T> find(Setting<T> setting) {
        Resolution<?> found = byName.get(setting.name());
        if (found == null || !found.setting().equals(setting)) {
            throw new IllegalArgumentException("The setting " + setting + " has not been declared.");
        }
        return (Resolution<T>) found;
    }
}
