package org.postern.tls;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.postern.administration.Health;
import org.postern.administration.Health.Severity;
import org.postern.administration.SettingValues;
import org.postern.administration.Settings;
import org.postern.certificate.ActivationRule;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.Stored;
import org.postern.settings.SettingsStore;

/**
 * Tells which policies name a certificate that cannot be shown, or that could not be set now. Both are refused when a policy is
 * set, but what was kept or configured may have lost its certificate by the next start.
 */
public final class PolicyCertificates implements Settings.Participant {

    private final ActivationRule rule;
    private final CertificateStore store;
    private final Health health;
    private final Set<String> reported = new HashSet<>();

    /**
     * Makes one.
     *
     * @param rule what is demanded of a certificate
     * @param store where certificates are
     * @param health where it is reported
     */
    public PolicyCertificates(ActivationRule rule, CertificateStore store, Health health) {
        this.rule = rule;
        this.store = store;
        this.health = health;
    }

    /**
     * Looks at the policies now, and after each change of settings or of the store.
     *
     * @param settings the settings
     * @return closing it ends that
     */
    public Settings.Registration start(SettingsStore settings) {
        Settings.Registration joined = settings.join(this);
        Settings.Registration observing = store.observe(event -> report(settings));
        report(settings);
        return () -> {
            observing.close();
            joined.close();
        };
    }

    @Override
    public Runnable prepare(SettingValues candidate) {
        return () -> report(candidate);
    }

    private synchronized void report(SettingValues values) {
        Set<String> before = Set.copyOf(reported);
        reported.clear();
        values.get(PolicySettings.POLICIES).forEach(this::report);
        before.stream().filter(key -> !reported.contains(key)).forEach(health::clear);
    }

    private void report(Policy policy) {
        Optional<String> objection = policy.clientCertificate().flatMap(rule::objection);
        if (objection.isEmpty()) {
            return;
        }
        String key = "policy certificate " + policy.domain();
        boolean isThere = store.find(policy.clientCertificate().orElseThrow()).orElse(null) instanceof Stored.Ready;
        boolean isNeeded = !policy.monitor() && policy.level() != ClientLevel.NONE;
        String consequence =
                isThere ? " It is shown all the same." : isNeeded ? " Mail that the policy is about waits." : "";
        reported.add(key);
        health.report(
                key,
                Severity.WARNING,
                "The client certificate of the policy of " + policy.domain()
                        + (isThere ? " does not fit: " : " cannot be shown: ") + objection.get() + consequence
                        + " Put it right in the certificate store, or change ClientCertificate of the policy.");
    }
}
