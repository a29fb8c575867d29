package org.postern.certificate;

import java.util.Map;
import org.postern.administration.SettingValues;

/**
 * Who shows certificates to servers beside {@code activeClientCertificate}. Settings of others name them, and this package does
 * not know those; what they name is held to the same rules.
 */
@FunctionalInterface
public interface ClientUses {

    /** {@return aliases under what shows them, in words such as "client certificate of the policy of example.org"} */
    Map<String, String> of(SettingValues values);
}
