package org.postern.settings;

import java.util.Optional;
import org.postern.administration.Health.Severity;
import org.postern.administration.Setting;
import org.postern.administration.Source;

/**
 * The value of a setting that is in force.
 *
 * @param text as it was written
 * @param value as it was read
 * @param source where it comes from
 * @param problem what is wrong about where it comes from, if anything is
 * @param <T> the type of the value
 */
record Resolution<T>(Setting<T> setting, String text, T value, Source source, Optional<Problem> problem) {

    /** Something that an administrator should know. */
    record Problem(Severity severity, String sentence) {}

    static <T> Resolution<T> of(Setting<T> setting, String text, Source source) {
        String trimmed = text.trim();
        return new Resolution<>(setting, trimmed, setting.parse(trimmed), source, Optional.empty());
    }

    Resolution<T> with(Severity severity, String sentence) {
        return new Resolution<>(setting, text, value, source, Optional.of(new Problem(severity, sentence)));
    }

    boolean isError() {
        return problem.filter(p -> p.severity() == Severity.ERROR).isPresent();
    }
}
