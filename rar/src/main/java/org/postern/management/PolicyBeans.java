package org.postern.management;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.postern.administration.Audit;
import org.postern.administration.Beans;
import org.postern.outbound.OutboundStatistics;
import org.postern.settings.SettingsStore;
import org.postern.tls.Policy;
import org.postern.tls.PolicySettings;

/** Sees to it that there is a bean {@code type=Policy,name=<domain>} for each policy. */
public final class PolicyBeans implements AutoCloseable {

    private final Beans beans;
    private final SettingsStore settings;
    private final PolicyEditor editor;
    private final OutboundStatistics statistics;
    private final Audit audit;
    private final Supplier<String> caller;
    private final Map<String, Beans.Registration> registered = new HashMap<>();
    private boolean closed;

    /**
     * Makes it.
     *
     * @param beans where they are registered
     * @param settings where policies are kept
     * @param editor changes them
     * @param statistics what was counted
     * @param audit is told of changes
     * @param caller tells who calls
     */
    public PolicyBeans(
            Beans beans,
            SettingsStore settings,
            PolicyEditor editor,
            OutboundStatistics statistics,
            Audit audit,
            Supplier<String> caller) {
        this.beans = beans;
        this.settings = settings;
        this.editor = editor;
        this.statistics = statistics;
        this.audit = audit;
        this.caller = caller;
    }

    /** Registers beans for what there is, and follows what comes and goes. */
    public void start() {
        settings.observe(change -> follow());
        follow();
    }

    /** Follows no longer; the beans are unregistered. */
    @Override
    public synchronized void close() {
        closed = true;
        registered.values().forEach(Beans.Registration::close);
        registered.clear();
    }

    private synchronized void follow() {
        if (closed) {
            return;
        }
        Set<String> gone = new HashSet<>(registered.keySet());
        for (Policy policy : settings.get(PolicySettings.POLICIES)) {
            gone.remove(policy.domain());
            registered.computeIfAbsent(policy.domain(), this::register);
        }
        gone.forEach(domain -> registered.remove(domain).close());
    }

    private Beans.Registration register(String domain) {
        return beans.register(new PolicyBean(domain, editor, statistics, audit, caller), "Policy", domain);
    }
}
