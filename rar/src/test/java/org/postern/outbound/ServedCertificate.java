package org.postern.outbound;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.postern.certificate.Entry;
import org.postern.certificate.SelfSigned;
import org.postern.certificate.TestAuthority;

/** Certificates that a server at {@code localhost} can show, one right and the others wrong in one way each. */
enum ServedCertificate {
    ECDSA,
    RSA,
    SELF_SIGNED,
    EXPIRED,
    NOT_YET_VALID,
    WRONG_NAME,
    OF_A_CLIENT,
    UNKNOWN_AUTHORITY;

    /** {@return one of its kind, made now} */
    Entry issue(TestAuthority authority) {
        Instant now = Instant.now();
        Duration day = Duration.ofDays(1);
        TestAuthority.Request good = TestAuthority.Request.server(now, "localhost");
        return switch (this) {
            case ECDSA -> authority.issue(good);
            case RSA -> authority.issue(good.rsa(2048));
            case SELF_SIGNED -> new SelfSigned(Clock.systemUTC()).make("self", List.of("localhost"));
            case EXPIRED -> authority.issue(good.valid(now.minus(day.multipliedBy(2)), now.minus(day)));
            case NOT_YET_VALID -> authority.issue(good.valid(now.plus(day), now.plus(day.multipliedBy(2))));
            case WRONG_NAME -> authority.issue(TestAuthority.Request.server(now, "mx.example.org"));
            case OF_A_CLIENT -> authority.issue(TestAuthority.Request.client(now, "localhost"));
            case UNKNOWN_AUTHORITY -> new TestAuthority("Another CA", now).issue(good);
        };
    }
}
