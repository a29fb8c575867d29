package org.postern.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.postern.settings.SettingsStore;
import org.postern.tls.Policy;
import org.postern.tls.PolicySettings;

/** Changes one policy among all, which are one setting; one change after another. */
public final class PolicyEditor {

    private final SettingsStore settings;

    /**
     * Makes one.
     *
     * @param settings where policies are kept
     */
    public PolicyEditor(SettingsStore settings) {
        this.settings = settings;
    }

    /**
     * Changes the policy of a domain, or makes it.
     *
     * @param domain the domain, as policies have it
     * @param change is given the policy there is; what it gives is in force afterwards, nothing takes it out
     * @return what was in force before
     * @throws IllegalArgumentException or IllegalStateException with a full sentence, if it is refused; nothing is changed then
     */
    synchronized Optional<Policy> change(String domain, Function<Optional<Policy>, Optional<Policy>> change) {
        List<Policy> next = new ArrayList<>(settings.get(PolicySettings.POLICIES));
        Optional<Policy> before = find(domain);
        Optional<Policy> after = change.apply(before);
        if (before.isPresent() && after.isPresent()) {
            next.set(next.indexOf(before.get()), after.get());
        } else {
            before.ifPresent(next::remove);
            after.ifPresent(next::add);
        }
        settings.change(PolicySettings.POLICIES, PolicySettings.text(next));
        return before;
    }

    synchronized void changeSenders(UnaryOperator<List<String>> change) {
        List<String> next = change.apply(new ArrayList<>(settings.get(PolicySettings.REQUIRE_TLS_FROM)));
        settings.change(PolicySettings.REQUIRE_TLS_FROM, String.join(", ", next));
    }

    Optional<Policy> find(String domain) {
        return settings.get(PolicySettings.POLICIES).stream()
                .filter(policy -> policy.domain().equals(domain))
                .findFirst();
    }
}
