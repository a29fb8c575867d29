package org.postern.smtp.server;

import java.util.List;
import java.util.Optional;

/** A service extension (RFC 5321 section 2.2): it says itself what EHLO announces of it in a session. */
@FunctionalInterface
interface Extension {

    /** All extensions, in the order of the EHLO reply. */
    List<Extension> ALL = List.of(
            // RFC 2920; RFC 1870; RFC 6152; RFC 2034; RFC 3207
            session -> Optional.of("PIPELINING"),
            session -> Optional.of(size(session.facts().maxMessageSize())),
            session -> Optional.of("8BITMIME"),
            session -> Optional.of("ENHANCEDSTATUSCODES"),
            session -> session.offersStarttls() ? Optional.of("STARTTLS") : Optional.empty());

    /** {@return the line that announces it; empty where it does not hold in this session} */
    Optional<String> ehloLine(Session session);

    private static String size(long limit) {
        return limit == 0 ? "SIZE" : "SIZE " + limit;
    }
}
