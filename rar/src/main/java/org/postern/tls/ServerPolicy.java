package org.postern.tls;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postern.administration.SettingValues;
import org.postern.certificate.CertificateSettings;

/** All settings that say what is demanded of those who send to us. */
record ServerPolicy(ServerLevel level, Duration handshakeTimeout, Terms terms) {

    /**
     * Those of them that a context is made from. A session is resumed only under the terms that made it.
     *
     * @param alias of the certificate that is the default
     * @param others aliases of those that serve their own names
     */
    record Terms(
            ClientCertificate clientCertificate,
            List<String> allowedClients,
            List<String> protocols,
            Optional<String> alias,
            List<String> others) {

        /** {@return the aliases of all active certificates, the default first} */
        Set<String> aliases() {
            var all = new LinkedHashSet<>(alias.stream().toList());
            all.addAll(others);
            return all;
        }

        boolean asksForCertificates() {
            return clientCertificate != ClientCertificate.DO_NOT_REQUEST;
        }
    }

    static ServerPolicy of(SettingValues values) {
        var terms = new Terms(
                values.get(TlsSettings.CLIENT_CERTIFICATE),
                values.get(TlsSettings.ALLOWED_CLIENTS),
                values.get(TlsSettings.SERVER_PROTOCOLS),
                values.get(CertificateSettings.ACTIVE_SERVER_CERTIFICATE),
                values.get(CertificateSettings.SERVER_CERTIFICATES));
        return new ServerPolicy(values.get(TlsSettings.SERVER_LEVEL), values.get(TlsSettings.HANDSHAKE_TIMEOUT), terms);
    }

    /**
     * Refuses combinations that would not do what they say.
     *
     * @throws IllegalArgumentException with a full sentence that names the rule
     */
    void checkRules() {
        ClientCertificate asked = terms.clientCertificate;
        if (level == ServerLevel.NONE && terms.asksForCertificates()) {
            throw new IllegalArgumentException("Rule R1: clientCertificate " + asked
                    + " needs TLS, so serverTlsLevel must not be NONE; allowed together with it is ATTEMPT or REQUIRE"
                    + (asked == ClientCertificate.REQUIRE ? " (for REQUIRE only REQUIRE)." : "."));
        }
        if (asked == ClientCertificate.REQUIRE && level != ServerLevel.REQUIRE) {
            throw new IllegalArgumentException(
                    "Rule R2: clientCertificate REQUIRE would not hold for mail in clear, so it is"
                            + " allowed only while serverTlsLevel is REQUIRE, but that is " + level + ".");
        }
    }
}
