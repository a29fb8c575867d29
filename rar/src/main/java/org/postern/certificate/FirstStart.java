package org.postern.certificate;

import java.time.Clock;
import java.util.List;
import org.postern.administration.Settings;

/**
 * Sees to it that the first start has a certificate to show. Which one is active is stored then; later starts never make one
 * in its place, as peers may have pinned the old one.
 */
public final class FirstStart {

    private FirstStart() {}

    /**
     * Makes the certificate {@code default} and stores that it is the active one, if none has ever been.
     *
     * @param store the store
     * @param settings where it is stored which one is active
     * @param hostName the name or address literal that it is for
     * @param clock tells the time
     * @throws IllegalStateException with a full sentence, if that fails
     */
    public static void prepare(CertificateStore store, Settings settings, String hostName, Clock clock) {
        if (settings.get(CertificateSettings.ACTIVE_SERVER_CERTIFICATE).isPresent()) {
            return;
        }
        // There already, if an earlier first start was cut off before it stored what was active.
        if (!store.aliases().contains(Alias.DEFAULT)) {
            store.add(new SelfSigned(clock).make(Alias.DEFAULT, List.of(hostName)));
        }
        settings.change(CertificateSettings.ACTIVE_SERVER_CERTIFICATE, Alias.DEFAULT);
    }
}
