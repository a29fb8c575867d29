package org.postern;

import java.util.Arrays;
import java.util.Objects;

/** What proves to a next hop who sends. Two are equal if all of them is; none of their texts shows the secret. */
public final class Credentials {

    private final Kind kind;
    private final String user;
    private final char[] secret;

    /** What the secret is. */
    public enum Kind {
        /** A password: for SCRAM-SHA-256, else PLAIN or LOGIN. */
        PASSWORD,
        /** An access token of OAuth 2.0: for XOAUTH2. */
        TOKEN
    }

    private Credentials(Kind kind, String user, char[] secret) {
        this.kind = kind;
        this.user = user;
        this.secret = secret.clone();
        boolean hasControl = user.chars().anyMatch(Character::isISOControl)
                || new String(secret).chars().anyMatch(Character::isISOControl);
        if (user.isEmpty() || secret.length == 0 || hasControl) {
            throw new IllegalArgumentException(
                    "User and secret must not be empty and must be without control characters.");
        }
    }

    /** {@return a user and his password} */
    public static Credentials password(String user, char[] password) {
        return new Credentials(Kind.PASSWORD, user, password);
    }

    /** {@return a user and his access token} */
    public static Credentials token(String user, char[] token) {
        return new Credentials(Kind.TOKEN, user, token);
    }

    /** {@return what the secret is} */
    public Kind kind() {
        return kind;
    }

    /** {@return who sends} */
    public String user() {
        return user;
    }

    /** {@return a copy of the secret} */
    public char[] secret() {
        return secret.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credentials that
                && kind == that.kind
                && user.equals(that.user)
                && Arrays.equals(secret, that.secret);
    }

    /** Without the secret: a hash of it would tell something of it. */
    @Override
    public int hashCode() {
        return Objects.hash(kind, user);
    }

    @Override
    public String toString() {
        return user;
    }
}
