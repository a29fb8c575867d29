package org.postern.management;

import java.time.Clock;
import org.postern.administration.Audit;
import org.postern.administration.Beans;
import org.postern.administration.Settings;
import org.postern.certificate.Activation;
import org.postern.certificate.CertificateStore;

/** Sees to it that there is a bean {@code type=Certificate,name=<alias>} for each entry of the store. */
public final class CertificateBeans implements AutoCloseable {

    private final NamedBeans beans;
    private final Settings.Registration observing;

    /**
     * Registers beans for what there is, and follows what comes and goes.
     *
     * @param beans where they are registered
     * @param store the entries
     * @param activation knows and changes what they are active as
     * @param audit is told of changes
     * @param clock tells the time
     */
    public CertificateBeans(Beans beans, CertificateStore store, Activation activation, Audit audit, Clock clock) {
        this.beans = new NamedBeans(
                beans,
                "Certificate",
                store::aliases,
                alias -> new CertificateBean(alias, store, activation, audit, clock));
        this.observing = store.observe(event -> this.beans.follow());
        this.beans.follow();
    }

    /** Follows no longer; the beans are unregistered. */
    @Override
    public void close() {
        observing.close();
        beans.close();
    }
}
