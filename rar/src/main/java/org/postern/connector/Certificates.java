package org.postern.connector;

import jakarta.resource.spi.work.WorkManager;
import java.time.Clock;
import java.time.Duration;
import org.postern.certificate.Activation;
import org.postern.certificate.ActivationRule;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.ExpiryCheck;
import org.postern.certificate.FirstStart;
import org.postern.certificate.FolderWatch;
import org.postern.certificate.Importer;
import org.postern.certificate.Maker;
import org.postern.certificate.Reload;
import org.postern.certificate.Replacement;
import org.postern.management.CertificateBeans;
import org.postern.management.CertificateStoreBean;
import org.postern.network.EventLoops;
import org.postern.settings.SettingsStore;
import org.postern.tls.PolicySettings;

/** The certificate store with all that works on it. */
final class Certificates implements AutoCloseable {

    private static final Duration LOOK_AT_FOLDER = Duration.ofSeconds(1);
    private static final Duration LOOK_AT_EXPIRY = Duration.ofHours(1);

    private final Closer closer = new Closer();
    private final Closer serving = new Closer();
    private final Foundation foundation;
    private final Clock clock = Clock.systemUTC();
    private final CertificateStore store;
    private final ActivationRule rule;
    private final Replacement replacement;
    private final Activation activation;
    private final Reload reload;

    /** Opens the store, and sees to it that the first start has a certificate. */
    Certificates(Foundation foundation) {
        this.foundation = foundation;
        SettingsStore settings = foundation.settings();
        store = new CertificateStore(
                foundation.dataDirectory().certificates(), settings.get(CertificateSettings.KEY_PASSWORD_FILE));
        FirstStart.prepare(store, settings, foundation.hostName(), clock);
        rule = new ActivationRule(store, settings, PolicySettings::clientCertificates, clock);
        closer.add(settings.join(rule)::close);
        replacement = new Replacement(store, settings);
        activation = new Activation(store, settings, PolicySettings::clientCertificates);
        reload = new Reload(store, replacement, activation, foundation.health(), clock);
    }

    CertificateStore store() {
        return store;
    }

    /** {@return what is demanded of certificates that are shown} */
    ActivationRule rule() {
        return rule;
    }

    /** To be called when those who show certificates have joined the settings; registers beans and starts timers. */
    void serve(EventLoops loops, WorkManager workManager) {
        serving.add(replacement.start()::close);
        reload.reportDamaged();
        var maker = new Maker(store, replacement, activation, clock);
        register(maker);
        SettingsStore settings = foundation.settings();
        var expiry = new ExpiryCheck(store, replacement, activation, maker, foundation.health(), clock);
        var watch = new FolderWatch(store, settings, reload, clock);
        var timer = new Timer(loops.group(), workManager);
        serving.add(timer.every(LOOK_AT_EXPIRY, () -> true, expiry::run)::close);
        serving.add(timer.every(LOOK_AT_FOLDER, watch::isDue, watch::run)::close);
    }

    private void register(Maker maker) {
        var importer = new Importer(store, replacement, clock);
        var tools = new CertificateStoreBean.Tools(store, maker, importer, activation, reload, clock);
        var beans = foundation.beans();
        var audit = foundation.audit();
        beans.register(
                new CertificateStoreBean(tools, foundation.settings(), audit, foundation.caller()),
                "CertificateStore",
                "");
        serving.add(new CertificateBeans(beans, store, activation, audit, clock)::close);
    }

    /** Ends timers and beans; to be called before the event loops end. */
    void rest() {
        serving.close();
    }

    @Override
    public void close() {
        closer.close();
    }
}
