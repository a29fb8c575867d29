package org.postern.management;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.postern.administration.Audit;
import org.postern.administration.Beans;
import org.postern.administration.Settings;
import org.postern.certificate.Activation;
import org.postern.certificate.CertificateStore;

/** Sees to it that there is a bean {@code type=Certificate,name=<alias>} for each entry of the store. */
public final class CertificateBeans implements AutoCloseable {

    private final Beans beans;
    private final CertificateStore store;
    private final Activation activation;
    private final Audit audit;
    private final Clock clock;
    private final Map<String, Beans.Registration> registered = new HashMap<>();
    private final Settings.Registration observing;
    private boolean closed;

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
        this.beans = beans;
        this.store = store;
        this.activation = activation;
        this.audit = audit;
        this.clock = clock;
        this.observing = store.observe(event -> follow());
        follow();
    }

    /** Follows no longer; the beans are unregistered. */
    @Override
    public void close() {
        observing.close();
        synchronized (this) {
            closed = true;
            registered.values().forEach(Beans.Registration::close);
            registered.clear();
        }
    }

    private synchronized void follow() {
        if (closed) {
            return;
        }
        Set<String> gone = new HashSet<>(registered.keySet());
        store.aliases().forEach(gone::remove);
        gone.forEach(alias -> registered.remove(alias).close());
        for (String alias : store.aliases()) {
            registered.computeIfAbsent(alias, this::register);
        }
    }

    private Beans.Registration register(String alias) {
        return beans.register(new CertificateBean(alias, store, activation, audit, clock), "Certificate", alias);
    }
}
