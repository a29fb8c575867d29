package org.postern.management;

import java.util.Optional;
import java.util.function.Supplier;
import org.postern.administration.Audit;
import org.postern.administration.Beans;
import org.postern.administration.Settings;
import org.postern.outbound.OutboundStatistics;
import org.postern.settings.SettingsStore;
import org.postern.tls.Policy;
import org.postern.tls.PolicySettings;

/** Sees to it that there is a bean {@code type=Policy,name=<domain>} for each policy. */
public final class PolicyBeans implements AutoCloseable {

    private final NamedBeans beans;
    private final SettingsStore settings;
    private Optional<Settings.Registration> observing = Optional.empty();

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
        this.settings = settings;
        this.beans = new NamedBeans(
                beans,
                "Policy",
                () -> settings.get(PolicySettings.POLICIES).stream()
                        .map(Policy::domain)
                        .toList(),
                domain -> new PolicyBean(domain, editor, statistics, audit, caller));
    }

    /** Registers beans for what there is, and follows what comes and goes. */
    public void start() {
        observing = Optional.of(settings.observe(change -> beans.follow()));
        beans.follow();
    }

    /** Follows no longer; the beans are unregistered. */
    @Override
    public void close() {
        observing.ifPresent(Settings.Registration::close);
        beans.close();
    }
}
