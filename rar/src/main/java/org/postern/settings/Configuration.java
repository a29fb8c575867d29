package org.postern.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postern.administration.Setting;
import org.postern.administration.Source;

/**
 * What was configured from outside: the deployment, system properties {@code postern.<name>}, and environment variables
 * {@code POSTERN_<NAME>}. An immutable copy of all three.
 */
public final class Configuration {

    private static final String PROPERTY_PREFIX = "postern.";
    private static final String VARIABLE_PREFIX = "POSTERN_";

    private final Map<String, String> deployment;
    private final Map<String, String> systemProperties;
    private final Map<String, String> environment;

    /**
     * Copies what was configured.
     *
     * @param deployment properties of the deployment by the name of the setting; absent is not configured
     * @param systemProperties all system properties
     * @param environment all environment variables
     */
    public Configuration(
            Map<String, String> deployment, Map<String, String> systemProperties, Map<String, String> environment) {
        this.deployment = Map.copyOf(deployment);
        this.systemProperties = Map.copyOf(systemProperties);
        this.environment = Map.copyOf(environment);
    }

    /**
     * A configured text.
     *
     * @param text the text
     * @param source where it comes from
     */
    public record Configured(String text, Source source) {}

    /** {@return what is configured for a setting, by the source that has precedence; empty if nothing is} */
    public Optional<Configured> find(Setting<?> setting) {
        return first(deployment.get(setting.name()), Source.DEPLOYMENT)
                .or(() -> first(systemProperties.get(PROPERTY_PREFIX + setting.name()), Source.SYSTEM_PROPERTY))
                .or(() -> first(environment.get(variable(setting.name())), Source.ENVIRONMENT));
    }

    /** {@return the text that is configured for a setting, else its default} */
    public String text(Setting<?> setting) {
        return find(setting).map(Configured::text).orElse(setting.defaultText());
    }

    /**
     * Looks for slips of the pen.
     *
     * @param known the names of all settings
     * @return a sentence for each configured name that is no setting's, with the nearest one that is
     */
    public List<String> unknownNames(Iterable<String> known) {
        var sentences = new ArrayList<String>();
        deployment.keySet().forEach(name -> check(name, "", known, sentences));
        systemProperties.keySet().stream()
                .filter(name -> name.startsWith(PROPERTY_PREFIX))
                .forEach(name -> check(name.substring(PROPERTY_PREFIX.length()), PROPERTY_PREFIX, known, sentences));
        var variables = new ArrayList<String>();
        known.forEach(name -> variables.add(variable(name).substring(VARIABLE_PREFIX.length())));
        environment.keySet().stream()
                .filter(name -> name.startsWith(VARIABLE_PREFIX))
                .forEach(
                        name -> check(name.substring(VARIABLE_PREFIX.length()), VARIABLE_PREFIX, variables, sentences));
        sentences.sort(null);
        return List.copyOf(sentences);
    }

    /** {@return the environment variable of a setting: {@code implicitTlsPort} is {@code POSTERN_IMPLICIT_TLS_PORT}} */
    static String variable(String name) {
        return VARIABLE_PREFIX + name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    private static Optional<Configured> first(String text, Source source) {
        return Optional.ofNullable(text).map(t -> new Configured(t, source));
    }

    private static void check(String name, String prefix, Iterable<String> known, List<String> sentences) {
        String nearest = null;
        for (String candidate : known) {
            if (candidate.equals(name)) {
                return;
            }
            if (nearest == null || EditDistance.between(name, candidate) < EditDistance.between(name, nearest)) {
                nearest = candidate;
            }
        }
        sentences.add("There is no setting " + prefix + name + "; it is ignored."
                + (nearest == null ? "" : " Did you mean " + prefix + nearest + "?"));
    }
}
