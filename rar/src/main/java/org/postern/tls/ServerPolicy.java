package org.postern.tls;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postern.administration.SettingValues;
import org.postern.certificate.CertificateSettings;

/** All settings that a server context is made from. */
record ServerPolicy(
        ServerLevel level,
        ClientCertificate clientCertificate,
        List<String> allowedClients,
        List<String> protocols,
        Duration handshakeTimeout,
        Optional<String> alias) {

    static ServerPolicy of(SettingValues values) {
        return new ServerPolicy(
                values.get(TlsSettings.SERVER_LEVEL),
                values.get(TlsSettings.CLIENT_CERTIFICATE),
                values.get(TlsSettings.ALLOWED_CLIENTS),
                values.get(TlsSettings.SERVER_PROTOCOLS),
                values.get(TlsSettings.HANDSHAKE_TIMEOUT),
                values.get(CertificateSettings.ACTIVE_SERVER_CERTIFICATE));
    }

    /**
     * Refuses combinations that would not do what they say.
     *
     * @throws IllegalArgumentException with a full sentence that names the rule
     */
    void checkRules() {
        if (level == ServerLevel.NONE && clientCertificate != ClientCertificate.DO_NOT_REQUEST) {
            throw new IllegalArgumentException("Rule R1: clientCertificate " + clientCertificate
                    + " needs TLS, so serverTlsLevel must not be NONE; allowed together with it is ATTEMPT or REQUIRE"
                    + (clientCertificate == ClientCertificate.REQUIRE ? " (for REQUIRE only REQUIRE)." : "."));
        }
        if (clientCertificate == ClientCertificate.REQUIRE && level != ServerLevel.REQUIRE) {
            throw new IllegalArgumentException(
                    "Rule R2: clientCertificate REQUIRE would not hold for mail in clear, so it is"
                            + " allowed only while serverTlsLevel is REQUIRE, but that is " + level + ".");
        }
    }
}
