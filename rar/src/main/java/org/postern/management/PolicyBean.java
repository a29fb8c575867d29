package org.postern.management;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.postern.administration.Audit;
import org.postern.administration.DescribedBean;
import org.postern.outbound.OutboundStatistics;
import org.postern.tls.ClientLevel;
import org.postern.tls.Policy;

/** The bean {@code type=Policy} of one domain. */
public final class PolicyBean extends DescribedBean implements PolicyMXBean {

    private static final String WOULD_FAIL = "would-fail ";

    private final String domain;
    private final PolicyEditor editor;
    private final OutboundStatistics statistics;
    private final Audit audit;
    private final Supplier<String> caller;

    /**
     * Makes it.
     *
     * @param domain the domain
     * @param editor changes policies
     * @param statistics what was counted
     * @param audit is told of changes
     * @param caller tells who calls
     */
    public PolicyBean(
            String domain, PolicyEditor editor, OutboundStatistics statistics, Audit audit, Supplier<String> caller) {
        super(PolicyMXBean.class);
        this.domain = domain;
        this.editor = editor;
        this.statistics = statistics;
        this.audit = audit;
        this.caller = caller;
    }

    @Override
    public String getDomain() {
        return domain;
    }

    @Override
    public String getLevel() {
        return text(policy -> policy.level().name());
    }

    @Override
    public void setLevel(String level) {
        change("Level", "level", level);
    }

    @Override
    public String[] getLegalLevels() {
        return Stream.of(ClientLevel.values()).map(Enum::name).toArray(String[]::new);
    }

    @Override
    public String getNextHop() {
        return text(policy -> policy.nextHop().map(Object::toString).orElse(""));
    }

    @Override
    public void setNextHop(String nextHop) {
        change("NextHop", "nextHop", nextHop);
    }

    @Override
    public String getVerifyNames() {
        return text(policy -> String.join(", ", policy.verifyNames()));
    }

    @Override
    public void setVerifyNames(String names) {
        change("VerifyNames", "verifyNames", names);
    }

    @Override
    public String getMinimumProtocol() {
        return text(policy -> policy.minimumProtocol().orElse(""));
    }

    @Override
    public void setMinimumProtocol(String version) {
        change("MinimumProtocol", "minimumProtocol", version);
    }

    @Override
    public String getPins() {
        return text(policy -> String.join(", ", policy.pins()));
    }

    @Override
    public void setPins(String pins) {
        change("Pins", "pins", pins);
    }

    @Override
    public String getClientCertificate() {
        return text(policy -> policy.clientCertificate().orElse(""));
    }

    @Override
    public void setClientCertificate(String alias) {
        change("ClientCertificate", "clientCertificate", alias);
    }

    @Override
    public String getIgnoredExtensions() {
        return text(policy ->
                String.join(", ", policy.ignoredExtensions().stream().sorted().toList()));
    }

    @Override
    public void setIgnoredExtensions(String keywords) {
        change("IgnoredExtensions", "ignoredExtensions", keywords);
    }

    @Override
    public boolean isMonitor() {
        return editor.find(domain).map(Policy::monitor).orElse(false);
    }

    @Override
    public void setMonitor(boolean monitor) {
        change("Monitor", "monitor", Boolean.toString(monitor));
    }

    @Override
    public long getConnections() {
        return statistics.ofPolicy(domain).getOrDefault("connections", 0L);
    }

    @Override
    public long getFailures() {
        return statistics.ofPolicy(domain).getOrDefault("failures", 0L);
    }

    @Override
    public String[] getWouldHaveFailed() {
        return statistics.ofPolicy(domain).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(WOULD_FAIL))
                .map(entry -> entry.getKey().substring(WOULD_FAIL.length()) + ": " + entry.getValue())
                .toArray(String[]::new);
    }

    @Override
    public String remove() {
        return new Operation(audit).ask(() -> PoliciesBean.remove(editor, domain));
    }

    static ClientLevel level(String text) {
        return ClientLevel.valueOf(Policy.of("domain.invalid", ClientLevel.NONE)
                .with("level", text)
                .level()
                .name());
    }

    private String text(java.util.function.Function<Policy, String> field) {
        return editor.find(domain).map(field).orElse("");
    }

    private void change(String attribute, String field, String text) {
        String given = text == null ? "" : text;
        String[] values = new String[2];
        new Operation(audit).ask(() -> {
            editor.change(domain, found -> {
                Policy policy = found.orElseThrow(
                        () -> new IllegalStateException("The policy of " + domain + " has been removed."));
                Policy next = policy.with(field, field.equals("level") ? given.toUpperCase(Locale.ROOT) : given);
                values[0] = policy.value(field);
                values[1] = next.value(field);
                return Optional.of(next);
            });
            return "";
        });
        String what = "policy of " + domain + ": " + attribute + " changed from " + shown(values[0]) + " to "
                + shown(values[1]);
        attributeChanged(attribute, values[0], values[1], caller.get() + ": " + what);
    }

    private static String shown(String text) {
        return text.isEmpty() ? "nothing" : text;
    }

    /** {@return what changed between two policies of one domain, for the record} */
    static String difference(Policy before, Policy after) {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, String> field : after.values().entrySet()) {
            String old = before.value(field.getKey());
            if (!old.equals(field.getValue())) {
                all.append(all.length() == 0 ? "" : ", ")
                        .append(field.getKey())
                        .append(" from ")
                        .append(shown(old))
                        .append(" to ")
                        .append(shown(field.getValue()));
            }
        }
        return all.toString();
    }
}
