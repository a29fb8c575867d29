package org.postern.tls;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postern.administration.SettingValues;
import org.postern.certificate.CertificateSettings;

/** All settings that say what is demanded of those we send to. */
record ClientPolicy(Duration handshakeTimeout, Terms terms) {

    /**
     * Those of them that a context is made from. A session is resumed only under the terms that made it.
     *
     * @param level also where contexts would be alike: nothing made under a lower level lives on
     * @param certificate alias of the certificate that is shown to servers that ask for one
     * @param platformAnchors whether the Java platform's anchors count
     */
    record Terms(ClientLevel level, List<String> protocols, Optional<String> certificate, boolean platformAnchors) {}

    static ClientPolicy of(SettingValues values) {
        var terms = new Terms(
                values.get(TlsSettings.CLIENT_LEVEL),
                values.get(TlsSettings.CLIENT_PROTOCOLS),
                values.get(CertificateSettings.ACTIVE_CLIENT_CERTIFICATE),
                values.get(TlsSettings.USE_SYSTEM_CERTIFICATES));
        return new ClientPolicy(values.get(TlsSettings.CLIENT_HANDSHAKE_TIMEOUT), terms);
    }

    ClientLevel level() {
        return terms.level;
    }

    boolean verifies() {
        return terms.level == ClientLevel.REQUIRE_AND_VERIFY;
    }
}
