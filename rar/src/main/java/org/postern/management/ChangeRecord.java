package org.postern.management;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.postern.administration.Audit;
import org.postern.administration.Source;
import org.postern.settings.Change;
import org.postern.tls.Policy;
import org.postern.tls.PolicySettings;

/**
 * Writes each change of a setting into the record of changes.
 *
 * @param audit the record
 */
public record ChangeRecord(Audit audit) implements Consumer<Change> {

    @Override
    public void accept(Change change) {
        if (change.setting() == PolicySettings.POLICIES) {
            // All policies are one setting; of a hundred of them only what differs is worth a line.
            differences(change).forEach(audit::record);
        } else {
            audit.record(describe(change));
        }
    }

    private static List<String> differences(Change change) {
        Map<String, Policy> old = byDomain(change.oldText());
        Map<String, Policy> now = byDomain(change.newText());
        List<String> lines = new ArrayList<>();
        old.forEach((domain, policy) -> {
            if (!now.containsKey(domain)) {
                lines.add("the policy of " + domain + " was taken away: " + policy);
            } else if (!now.get(domain).equals(policy)) {
                lines.add("the policy of " + domain + " changed: " + PolicyBean.difference(policy, now.get(domain)));
            }
        });
        now.forEach((domain, policy) -> {
            if (!old.containsKey(domain)) {
                lines.add("the policy of " + domain + " was made: " + policy);
            }
        });
        return lines;
    }

    private static Map<String, Policy> byDomain(String text) {
        Map<String, Policy> all = new LinkedHashMap<>();
        PolicySettings.POLICIES.parse(text).forEach(policy -> all.put(policy.domain(), policy));
        return all;
    }

    static String describe(Change change) {
        String reset = change.source() == Source.CHANGED ? "" : " (reset; " + change.source() + ")";
        return change.setting() + " changed from " + shown(change.oldText()) + " to " + shown(change.newText()) + reset;
    }

    private static String shown(String text) {
        return text.isEmpty() ? "nothing" : text;
    }
}
