package org.postern.connector;

import java.util.ArrayList;
import java.util.List;
import org.postern.administration.Setting;
import org.postern.certificate.CertificateSettings;
import org.postern.dns.DnsSettings;
import org.postern.listener.ListenerSettings;
import org.postern.management.ManagementSettings;
import org.postern.outbound.AuthSettings;
import org.postern.outbound.OutboundSettings;
import org.postern.settings.AdapterSettings;
import org.postern.tls.PolicySettings;
import org.postern.tls.TlsSettings;

/** All settings of the adapter, gathered from the packages that they belong to. */
final class AllSettings {

    private AllSettings() {}

    /** {@return the settings, in the order in which they are listed for people} */
    static List<Setting<?>> list() {
        List<Setting<?>> all = new ArrayList<>(AdapterSettings.ALL);
        all.addAll(DeliverySettings.ALL);
        all.addAll(ListenerSettings.ALL);
        all.addAll(TlsSettings.ALL);
        all.addAll(CertificateSettings.ALL);
        all.addAll(PolicySettings.ALL);
        all.addAll(OutboundSettings.ALL);
        all.addAll(AuthSettings.ALL);
        all.addAll(DnsSettings.ALL);
        all.addAll(ManagementSettings.ALL);
        return all;
    }
}
