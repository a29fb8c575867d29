package org.postern.smtp.server;

import java.util.List;
import java.util.Optional;

/** A service extension (RFC 5321 section 2.2): it says itself what EHLO announces of it in a session. */
@FunctionalInterface
interface Extension {

    /** All extensions, in the order of the EHLO reply. */
    List<Extension> ALL = List.of(
            // RFC 2920; RFC 1870; RFC 6152; RFC 2034; RFC 3030; RFC 6531; RFC 3461; RFC 9422; RFC 3207
            always("PIPELINING"),
            forMail(session -> Optional.of(size(session.facts().maxMessageSize()))),
            forMail(always("8BITMIME")),
            always("ENHANCEDSTATUSCODES"),
            forMail(always("CHUNKING")),
            forMail(always("SMTPUTF8")),
            forMail(always("DSN")),
            forMail(session -> limits(session.facts().maxRecipients())),
            session -> session.offersStarttls() ? Optional.of("STARTTLS") : Optional.empty());

    /** {@return the line that announces it; empty where it does not hold in this session} */
    Optional<String> ehloLine(Session session);

    private static Extension always(String line) {
        return session -> Optional.of(line);
    }

    /** Of no use, and so not announced, while TLS is to be begun first. */
    private static Extension forMail(Extension extension) {
        return session -> session.awaitsTls() ? Optional.empty() : extension.ehloLine(session);
    }

    private static String size(long limit) {
        return limit == 0 ? "SIZE" : "SIZE " + limit;
    }

    /** The number of messages in a session has no limit, so it is not named. */
    private static Optional<String> limits(int recipients) {
        return recipients == 0 ? Optional.empty() : Optional.of("LIMITS RCPTMAX=" + recipients);
    }
}
