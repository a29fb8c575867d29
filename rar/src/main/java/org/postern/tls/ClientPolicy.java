package org.postern.tls;

import java.time.Duration;
import java.util.List;
import org.postern.administration.SettingValues;

/** All settings that a client context is made from. */
record ClientPolicy(ClientLevel level, List<String> protocols, Duration handshakeTimeout) {

    static ClientPolicy of(SettingValues values) {
        return new ClientPolicy(
                values.get(TlsSettings.CLIENT_LEVEL),
                values.get(TlsSettings.CLIENT_PROTOCOLS),
                values.get(TlsSettings.CLIENT_HANDSHAKE_TIMEOUT));
    }

    boolean verifies() {
        return level == ClientLevel.REQUIRE_AND_VERIFY;
    }
}
