package org.postern.tls;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.postern.administration.Health;
import org.postern.administration.Health.Severity;

/**
 * Notices clients that accept RSA keys only, where no active certificate has one. They are told of when there are 1, 10, 100
 * and so on of them, so that whoever sends such hellos fills no log.
 */
final class RsaOnlyClients {

    private static final String PROBLEM = "clients that accept RSA only";

    /** What the engines say, in lower case without separators. */
    private static final String[] NOTHING_IN_COMMON = {
        "nocommonsignaturealgorithms",
        "nosharedcipher",
        "nociphersuitesincommon",
        "noavailableauthenticationscheme",
        "unabletofindkeymaterial"
    };

    private final Health health;
    private final AtomicLong count = new AtomicLong();
    private volatile long next = 1;

    RsaOnlyClients(Health health) {
        this.health = health;
    }

    /** Counts a failure, if it is of this kind. */
    void failed(Throwable failure, LiveCertificate shown) {
        boolean ofThisKind = Failures.causes(failure)
                .map(cause -> Failures.normal(String.valueOf(cause.getMessage())))
                .anyMatch(text -> Stream.of(NOTHING_IN_COMMON).anyMatch(text::contains));
        if (ofThisKind && count.incrementAndGet() >= next) {
            report(shown);
        }
    }

    /** Forgets them, as there is a certificate for them now. */
    synchronized void served() {
        count.set(0);
        next = 1;
        health.clear(PROBLEM);
    }

    long count() {
        return count.get();
    }

    private synchronized void report(LiveCertificate shown) {
        if (count.get() < next) {
            return;
        }
        String told = String.format(Locale.ROOT, "%,d", next);
        next *= 10;
        health.report(
                PROBLEM,
                Severity.WARNING,
                told + (next == 10 ? " TLS handshake has" : " or more TLS handshakes have")
                        + " failed because the client had no signature algorithm or cipher suite in common with the active"
                        + " server certificates, none of which has an RSA key; it probably accepts RSA only. To serve such"
                        + " senders, invoke createCompanion(" + shown.alias()
                        + ", RSA-2048) of the certificate store and activate what it makes.");
    }
}
