package org.postern.tls;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.postern.administration.Health;
import org.postern.administration.Health.Severity;

/** Tells which active certificates cannot be shown. */
final class CertificateProblems {

    static final String NO_SERVER_CERTIFICATE = "server certificate";
    private static final String CLIENT_CERTIFICATE = "client certificate";

    private final Health health;
    private final Set<String> missing = new TreeSet<>();

    CertificateProblems(Health health) {
        this.health = health;
    }

    /**
     * Tells of those towards clients.
     *
     * @param tls what is in force
     * @param failure why there is none at all
     */
    synchronized void report(ServerTls tls, Optional<String> failure) {
        if (tls.isUsable()) {
            health.clear(NO_SERVER_CERTIFICATE);
        } else {
            Severity severity = tls.level() == ServerLevel.NONE ? Severity.WARNING : Severity.ERROR;
            health.report(
                    NO_SERVER_CERTIFICATE,
                    severity,
                    "There is no usable server certificate, so STARTTLS is answered 454 and a port for implicit TLS stays"
                            + " closed. " + failure.orElse("")
                            + " Put it right in the certificate store, or activate another.");
        }
        Map<String, String> now = tls.context().map(ServerContext::missing).orElse(Map.of());
        missing.stream().filter(alias -> !now.containsKey(alias)).map(this::key).forEach(health::clear);
        missing.clear();
        now.forEach((alias, reason) -> {
            missing.add(alias);
            health.report(
                    key(alias),
                    Severity.WARNING,
                    "The active server certificate " + alias + " is not shown, and others stand in for it. " + reason
                            + " Put it right in the certificate store, or deactivate it.");
        });
    }

    /** Tells of the one towards servers. */
    void report(ClientTls tls) {
        tls.context()
                .missing()
                .ifPresentOrElse(
                        reason -> health.report(
                                CLIENT_CERTIFICATE,
                                Severity.WARNING,
                                "The active client certificate is not shown to servers that ask for one, so mail waits wherever"
                                        + " the level is other than NONE and no policy names another. " + reason
                                        + " Put it right in the certificate store and activate it again, or set"
                                        + " activeClientCertificate to another or to none."),
                        () -> health.clear(CLIENT_CERTIFICATE));
    }

    private String key(String alias) {
        return NO_SERVER_CERTIFICATE + " " + alias;
    }
}
