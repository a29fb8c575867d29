package org.postern.connector;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.work.WorkException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.postern.content.Spool;
import org.postern.listener.Listener;
import org.postern.listener.ListenerSettings;
import org.postern.management.ChangeRecord;
import org.postern.management.ClientTlsBean;
import org.postern.management.ListenerBean;
import org.postern.management.ListenerStatisticsBean;
import org.postern.management.ServerTlsBean;
import org.postern.management.TlsPeersBean;
import org.postern.management.TrustStoreBean;
import org.postern.network.EventLoops;
import org.postern.outbound.MimePreparation;
import org.postern.settings.SettingsStore;
import org.postern.tls.Engine;
import org.postern.tls.ImplicitTlsRule;
import org.postern.tls.PeerTable;
import org.postern.tls.Policies;
import org.postern.tls.PolicyCertificates;
import org.postern.tls.Roles;
import org.postern.tls.TrustFolder;
import org.postern.tls.TrustStore;

/** Everything that carries mail, started in order and stopped in reverse. */
final class Works implements AutoCloseable {

    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Closer closer = new Closer();
    private final PeerTable peers = new PeerTable(Clock.systemUTC());
    private final Foundation foundation;
    private final Roles roles;
    private final EventLoops loops;
    private Certificates certificates;
    private Policies policies;
    private TrustStore trustStore;
    private final WorkQueue queue;
    private final Listener listener;
    private final Outbound outbound;
    private final MimePreparation mimePreparation;

    /**
     * Starts all of it; the listener stays closed.
     *
     * @throws IllegalArgumentException with a full sentence, if what is configured does not go together
     * @throws IllegalStateException with a full sentence, if something cannot be started
     */
    Works(Foundation foundation, BootstrapContext context, Endpoints endpoints) {
        this.foundation = foundation;
        try {
            roles = startTls(context);
            loops = startLoops(context);
            queue = startQueue(context);
            listener = makeListener(context, endpoints);
            outbound = new Outbound(foundation, loops, policies, listener, peers);
            mimePreparation = new MimePreparation(loader(), foundation.hostName(), Clock.systemUTC());
            register();
            closer.add(certificates::rest);
            certificates.serve(loops, context.getWorkManager());
        } catch (RuntimeException e) {
            closer.close();
            throw e;
        }
    }

    private Roles startTls(BootstrapContext context) {
        SettingsStore settings = foundation.settings();
        var rule = new ImplicitTlsRule(ListenerSettings.IMPLICIT_TLS_PORT);
        rule.prepare(settings);
        closer.add(settings.join(rule)::close);
        var directory = foundation.dataDirectory();
        certificates = new Certificates(foundation);
        closer.add(certificates::close);
        // From here on it is people who change something.
        closer.add(settings.observe(new ChangeRecord(foundation.audit()))::close);
        var trust = new TrustFolder(directory.trust(), foundation.health());
        var made = new Roles(
                certificates.store(),
                trust,
                Engine.best(),
                foundation.health(),
                Clock.systemUTC(),
                task -> schedule(context, task));
        closer.add(made::close);
        closer.add(made.start(settings)::close);
        trustStore = new TrustStore(made, trust, Clock.systemUTC());
        policies = new Policies(made);
        closer.add(policies.start(settings)::close);
        var named = new PolicyCertificates(certificates.rule(), certificates.store(), foundation.health());
        closer.add(named.start(settings)::close);
        return made;
    }

    /** Short work that waits for somebody else, off the event loops. */
    private static void schedule(BootstrapContext context, Runnable task) {
        try {
            context.getWorkManager().scheduleWork(new Task(task));
        } catch (WorkException e) {
            throw new RejectedExecutionException("The container gave no thread: " + e.getMessage(), e);
        }
    }

    private EventLoops startLoops(BootstrapContext context) {
        int wanted = foundation.settings().get(DeliverySettings.EVENT_LOOPS);
        int count = wanted > 0 ? wanted : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var started = new EventLoops(count, new WorkThreads(context.getWorkManager()), loader());
        closer.add(started::close);
        return started;
    }

    private WorkQueue startQueue(BootstrapContext context) {
        SettingsStore settings = foundation.settings();
        var made = new WorkQueue(
                context.getWorkManager(),
                loader(),
                () -> settings.get(DeliverySettings.DELIVERIES_AT_ONCE),
                System::nanoTime,
                loops::offer);
        long period = SWEEP.toMillis();
        var sweeps = loops.group().scheduleAtFixedRate(made::sweep, period, period, TimeUnit.MILLISECONDS);
        closer.add(() -> sweeps.cancel(false));
        closer.add(() -> endQueue(made));
        return made;
    }

    private void endQueue(WorkQueue ending) {
        try {
            if (!ending.close(patience())) {
                System.getLogger(Works.class.getName())
                        .log(System.Logger.Level.WARNING, "{0} deliveries did not end in time.", ending.running());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Listener makeListener(BootstrapContext context, Endpoints endpoints) {
        SettingsStore settings = foundation.settings();
        var admission = new Admission(settings, endpoints, policies, foundation.hostName());
        var beans = new BeanCall(context.getTransactionSynchronizationRegistry());
        var deliveries = new BeanDeliveries(settings, admission, queue, beans);
        var environment = new Listener.Environment(
                settings, roles::server, admission::isTrusted, foundation.hostName(), Clock.systemDefaultZone(), peers);
        Listener made = Listener.create(loops, environment, deliveries, spool());
        closer.add(() -> made.close(patience()));
        closer.add(settings.observe(made::changed)::close);
        return made;
    }

    private Spool spool() {
        long memory = foundation.settings().get(ListenerSettings.MESSAGE_MEMORY);
        try {
            return new Spool(foundation.dataDirectory().spool(), memory);
        } catch (IOException e) {
            throw new IllegalStateException("The folder for content on its way cannot be emptied: " + e + ".", e);
        }
    }

    private void register() {
        SettingsStore settings = foundation.settings();
        var beans = foundation.beans();
        var caller = foundation.caller();
        beans.register(new ServerTlsBean(settings, roles, caller), "ServerTls", "");
        beans.register(new ClientTlsBean(settings, roles, outbound.probe(), caller), "ClientTls", "");
        var trust = new TrustStoreBean(trustStore, settings, foundation.audit(), caller);
        beans.register(trust, "TrustStore", "");
        beans.register(new ListenerBean(listener, settings, foundation.audit(), caller), "Listener", "smtp");
        var statistics = new ListenerStatisticsBean(listener.statistics(), foundation.audit());
        beans.register(statistics, "ListenerStatistics", "smtp");
        beans.register(new TlsPeersBean(peers), "TlsPeers", "");
        closer.add(outbound.register(foundation));
    }

    Roles roles() {
        return roles;
    }

    Listener listener() {
        return listener;
    }

    Outbound outbound() {
        return outbound;
    }

    MimePreparation mimePreparation() {
        return mimePreparation;
    }

    /** Runs a task on an event loop when a time has gone by; it must not block. */
    void later(Runnable task, Duration time) {
        loops.group().schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    Duration patience() {
        return foundation.settings().get(DeliverySettings.STOP_PATIENCE);
    }

    static ClassLoader loader() {
        return Works.class.getClassLoader();
    }

    @Override
    public void close() {
        closer.close();
    }
}
