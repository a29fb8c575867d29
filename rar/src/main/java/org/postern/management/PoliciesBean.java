package org.postern.management;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.postern.administration.Audit;
import org.postern.settings.SettingsStore;
import org.postern.tls.ClientLevel;
import org.postern.tls.Policy;
import org.postern.tls.PolicySettings;

/** The bean {@code type=Policies}. */
public final class PoliciesBean extends SettingsBean implements PoliciesMXBean {

    private final PolicyEditor editor;
    private final Operation operation;

    /**
     * Makes it.
     *
     * @param settings the settings it shows
     * @param editor changes policies
     * @param audit is told of changes
     * @param caller tells who calls
     */
    public PoliciesBean(SettingsStore settings, PolicyEditor editor, Audit audit, Supplier<String> caller) {
        super(
                PoliciesMXBean.class,
                new Attributes(settings)
                        .with("Overview", PolicySettings.POLICIES)
                        .with("InboundRules", PolicySettings.REQUIRE_TLS_FROM),
                settings,
                caller);
        this.editor = editor;
        this.operation = new Operation(audit);
    }

    @Override
    public String[] getOverview() {
        return attributes().get(PolicySettings.POLICIES).stream()
                .map(Policy::toString)
                .toArray(String[]::new);
    }

    @Override
    public int getCount() {
        return attributes().get(PolicySettings.POLICIES).size();
    }

    @Override
    public String[] getInboundRules() {
        return attributes().get(PolicySettings.REQUIRE_TLS_FROM).toArray(String[]::new);
    }

    @Override
    public String[] getLegalLevels() {
        return Stream.of(ClientLevel.values()).map(Enum::name).toArray(String[]::new);
    }

    @Override
    public String[] getSource() {
        return attributes().sources();
    }

    @Override
    public String setPolicy(String domain, String level) {
        return operation.ask(() -> {
            String pattern = pattern(domain);
            String wanted = Operation.given("level", level).trim().toUpperCase(Locale.ROOT);
            Optional<Policy> before = editor.change(
                    pattern,
                    found -> Optional.of(found.map(policy -> policy.with("level", wanted))
                            .orElseGet(() -> Policy.of(pattern, PolicyBean.level(wanted)))));
            return before.map(
                            policy -> "changed the policy of " + pattern + " from " + policy.level() + " to " + wanted)
                    .orElse("made a policy of " + pattern + ": " + wanted);
        });
    }

    @Override
    public String removePolicy(String domain) {
        return operation.ask(() -> remove(editor, pattern(domain)));
    }

    @Override
    public String requireFrom(String domain) {
        return operation.ask(() -> {
            String pattern = pattern(domain);
            editor.changeSenders(senders -> {
                if (senders.contains(pattern)) {
                    throw new IllegalArgumentException("TLS is demanded of senders of " + pattern + " already.");
                }
                senders.add(pattern);
                return senders;
            });
            return "demands TLS of senders of " + pattern;
        });
    }

    @Override
    public String allowFrom(String domain) {
        return operation.ask(() -> {
            String pattern = pattern(domain);
            editor.changeSenders(senders -> {
                if (!senders.remove(pattern)) {
                    throw new IllegalArgumentException(
                            "There is no rule for senders of " + pattern + "; there are: " + list(senders) + ".");
                }
                return senders;
            });
            return "no longer demands TLS of senders of " + pattern;
        });
    }

    @Override
    public String resetToConfigured() {
        return attributes().reset();
    }

    static String remove(PolicyEditor editor, String pattern) {
        editor.change(pattern, found -> {
            if (found.isEmpty()) {
                throw new IllegalArgumentException("There is no policy of " + pattern + ".");
            }
            return Optional.empty();
        });
        return "removed the policy of " + pattern;
    }

    private static String pattern(String domain) {
        String pattern = Policy.pattern(Operation.given("domain", domain));
        if (pattern.equals("*")) {
            throw new IllegalArgumentException(
                    "A policy is for a domain or for all below one; for all there is the Level of ClientTls and of ServerTls.");
        }
        return pattern;
    }

    private static String list(List<String> all) {
        return all.isEmpty() ? "none" : String.join(", ", all);
    }
}
