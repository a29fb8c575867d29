package org.postern.administration;

/** Where the value of a setting comes from; the first that has one wins. */
public enum Source {
    /** Changed by an administrator; kept in the settings file. */
    CHANGED("changed at run time"),
    /** A property of the deployment, such as the server's adapter configuration. */
    DEPLOYMENT("deployment"),
    /** A system property {@code postern.<name>}. */
    SYSTEM_PROPERTY("system property"),
    /** An environment variable {@code POSTERN_<NAME>}. */
    ENVIRONMENT("environment"),
    /** Nobody set it. */
    DEFAULT("default");

    private final String text;

    Source(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
