package org.postern.certificate;

/**
 * What a certificate is to be.
 *
 * @param alias its name in the store
 * @param subject whom it is for
 * @param hostNames the names that it is for
 * @param key the kind of its key
 */
public record Plan(String alias, Subject subject, HostNames hostNames, KeyKind key) {

    /** Checks the alias. */
    public Plan {
        Alias.check(alias);
    }

    /**
     * Reads what somebody typed.
     *
     * @param alias the name in the store
     * @param subject one line, such as {@code CN=mx.example.org, O=Example}
     * @param hostNames separated by commas
     * @param key such as {@code EC-P256}
     * @throws IllegalArgumentException with a full sentence, for the first that is not legal
     */
    public static Plan parse(String alias, String subject, String hostNames, String key) {
        return new Plan(Alias.check(alias), Subject.parse(subject), HostNames.parse(hostNames), KeyKind.parse(key));
    }
}
