package org.postern.administration;

/** The record of changes made by administrators. */
@FunctionalInterface
public interface Audit {

    /**
     * Writes one line: who is the caller of the management operation under way, where the connection that it came over was
     * authenticated.
     *
     * @param what what was done, in words, with old and new values; no secrets
     */
    void record(String what);
}
