package org.postern.certificate;

import static org.postern.certificate.CertificateSettings.ACCEPT_SERVER_AUTH_AS_CLIENT;
import static org.postern.certificate.CertificateSettings.ACTIVE_CLIENT_CERTIFICATE;
import static org.postern.certificate.CertificateSettings.ACTIVE_SERVER_CERTIFICATE;
import static org.postern.certificate.CertificateSettings.SERVER_CERTIFICATES;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.postern.administration.SettingValues;
import org.postern.administration.Settings;

/**
 * What is made active must be usable: READY, in its validity, and meant for the role. What is active already goes on when it
 * expires, as a late certificate is better than none, and must not keep other settings from being changed.
 *
 * @param store where certificates are
 * @param settings what is in force now
 * @param clock tells the time
 */
public record ActivationRule(CertificateStore store, SettingValues settings, Clock clock)
        implements Settings.Participant {

    @Override
    public Runnable prepare(SettingValues candidate) {
        Set<String> servers = serverAliases(candidate);
        servers.removeAll(serverAliases(settings));
        boolean newDefault = !candidate.get(ACTIVE_SERVER_CERTIFICATE).equals(settings.get(ACTIVE_SERVER_CERTIFICATE));
        if (newDefault) {
            candidate.get(ACTIVE_SERVER_CERTIFICATE).ifPresent(servers::add);
        }
        servers.forEach(alias -> check(alias, Role.SERVER, false));
        checkClient(candidate);
        return () -> {};
    }

    static Set<String> serverAliases(SettingValues values) {
        var aliases = new LinkedHashSet<>(values.get(SERVER_CERTIFICATES));
        values.get(ACTIVE_SERVER_CERTIFICATE).ifPresent(aliases::add);
        return aliases;
    }

    private void checkClient(SettingValues candidate) {
        Optional<String> alias = candidate.get(ACTIVE_CLIENT_CERTIFICATE);
        boolean serverAuthWillDo = candidate.get(ACCEPT_SERVER_AUTH_AS_CLIENT);
        if (alias.isPresent() && !alias.equals(settings.get(ACTIVE_CLIENT_CERTIFICATE))) {
            check(alias.get(), Role.CLIENT, serverAuthWillDo);
        } else if (alias.isPresent() && serverAuthWillDo != settings.get(ACCEPT_SERVER_AUTH_AS_CLIENT)) {
            Role.CLIENT.check(alias.get(), store.load(alias.get()).certificate(), serverAuthWillDo);
        }
    }

    private void check(String alias, Role role, boolean serverAuthWillDo) {
        X509Certificate certificate = store.load(alias).certificate();
        Instant now = clock.instant();
        Instant start = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isBefore(start)) {
            throw new IllegalArgumentException("The certificate " + alias + " is not valid before " + start + ".");
        }
        if (!now.isBefore(end)) {
            throw new IllegalArgumentException("The certificate " + alias + " has expired at " + end + ".");
        }
        role.check(alias, certificate, serverAuthWillDo);
    }
}
