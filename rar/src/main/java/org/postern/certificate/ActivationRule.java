package org.postern.certificate;

import static org.postern.certificate.CertificateSettings.ACCEPT_SERVER_AUTH_AS_CLIENT;
import static org.postern.certificate.CertificateSettings.ACTIVE_CLIENT_CERTIFICATE;
import static org.postern.certificate.CertificateSettings.ACTIVE_SERVER_CERTIFICATE;
import static org.postern.certificate.CertificateSettings.SERVER_CERTIFICATES;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
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
 * @param uses who shows certificates to servers beside the active one
 * @param clock tells the time
 */
public record ActivationRule(CertificateStore store, SettingValues settings, ClientUses uses, Clock clock)
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

    /** {@return why a certificate could not be activated as a client's now, in a full sentence; empty if it could} */
    public Optional<String> objection(String alias) {
        try {
            check(alias, Role.CLIENT, settings.get(ACCEPT_SERVER_AUTH_AS_CLIENT));
            return Optional.empty();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.of(e.getMessage());
        }
    }

    private void checkClient(SettingValues candidate) {
        Map<String, String> now = clientAliases(settings);
        boolean serverAuthWillDo = candidate.get(ACCEPT_SERVER_AUTH_AS_CLIENT);
        boolean stricter = !serverAuthWillDo && settings.get(ACCEPT_SERVER_AUTH_AS_CLIENT);
        clientAliases(candidate).forEach((use, alias) -> {
            if (!alias.equals(now.get(use))) {
                check(alias, Role.CLIENT, serverAuthWillDo);
            } else if (stricter && store.find(alias).orElse(null) instanceof Stored.Ready ready) {
                Role.CLIENT.check(alias, ready.entry().certificate(), false);
            }
        });
    }

    private Map<String, String> clientAliases(SettingValues values) {
        var aliases = new LinkedHashMap<>(uses.of(values));
        values.get(ACTIVE_CLIENT_CERTIFICATE).ifPresent(alias -> aliases.put("client certificate", alias));
        return aliases;
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
