package org.postern.smtp.client;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The service extensions that the client makes use of. */
public enum Feature {
    /** TLS on this connection (RFC 3207). */
    STARTTLS("STARTTLS"),
    /** Several commands at once (RFC 2920). */
    PIPELINING("PIPELINING"),
    /** The size of a message is declared (RFC 1870). */
    SIZE("SIZE"),
    /** Content with octets beyond ASCII (RFC 6152). */
    EIGHT_BIT_MIME("8BITMIME"),
    /** Addresses and header fields in UTF-8 (RFC 6531). */
    SMTPUTF8("SMTPUTF8"),
    /** Wishes about notifications (RFC 3461). */
    DSN("DSN"),
    /** Content in counted pieces, the command BDAT (RFC 3030). */
    CHUNKING("CHUNKING"),
    /** Replies have enhanced status codes (RFC 2034). */
    ENHANCED_STATUS_CODES("ENHANCEDSTATUSCODES");

    private static final Map<String, Feature> BY_KEYWORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Feature::keyword, Function.identity()));

    private final String keyword;

    Feature(String keyword) {
        this.keyword = keyword;
    }

    /** {@return its EHLO keyword, in upper case} */
    String keyword() {
        return keyword;
    }

    /** {@return the extension of an EHLO keyword in upper case; empty for one that is not made use of} */
    static Optional<Feature> ofKeyword(String keyword) {
        return Optional.ofNullable(BY_KEYWORD.get(keyword));
    }
}
