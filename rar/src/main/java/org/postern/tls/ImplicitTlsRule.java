package org.postern.tls;

import java.util.Optional;
import org.postern.administration.Setting;
import org.postern.administration.SettingValues;
import org.postern.administration.Settings;

/**
 * A port for implicit TLS (RFC 8314) excludes the server level NONE.
 *
 * @param port the setting of that port; empty for none
 */
public record ImplicitTlsRule(Setting<Optional<Integer>> port) implements Settings.Participant {

    @Override
    public Runnable prepare(SettingValues candidate) {
        if (candidate.get(port).isPresent() && candidate.get(TlsSettings.SERVER_LEVEL) == ServerLevel.NONE) {
            throw new IllegalArgumentException("A port for implicit TLS (" + port + " is " + candidate.text(port)
                    + ") is refused together with " + TlsSettings.SERVER_LEVEL
                    + " NONE; allowed is ATTEMPT or REQUIRE, or an empty " + port + ".");
        }
        return () -> {};
    }
}
