package org.postern.certificate;

/**
 * Something that happened to a certificate of the store.
 *
 * @param kind what
 * @param alias the certificate's name
 * @param sentence what happened, in words
 */
public record Event(Kind kind, String alias, String sentence) {

    /** What can happen. */
    public enum Kind {
        /** It, or the request for it, came into the store. */
        ADDED,
        /** An authority's answer was imported: what was requested can be used now. */
        COMPLETED,
        /** Another certificate took its place under the same alias. */
        RENEWED,
        /** It was made active in a role. */
        ACTIVATED,
        /** It is no longer active in a role. */
        DEACTIVATED,
        /** A threshold before its end was passed. */
        EXPIRING,
        /** Its end was passed. */
        EXPIRED,
        /** It was taken out of the store. */
        DELETED
    }
}
