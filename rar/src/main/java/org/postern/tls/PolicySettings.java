package org.postern.tls;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postern.administration.Setting;
import org.postern.administration.SettingType;
import org.postern.administration.SettingTypes;
import org.postern.administration.SettingValues;

/** Settings that say what holds for single domains. They are changed at the beans {@code type=Policies} and {@code Policy}. */
public final class PolicySettings {

    /** What is demanded towards single domains. */
    public static final Setting<List<Policy>> POLICIES = new Setting<>(
                    "policies",
                    new SettingType<>(
                            "a list of policies separated by semicolons, each a domain and fields such as example.org"
                                    + " level=REQUIRE_AND_VERIFY nextHop=mx.example.org:25",
                            PolicySettings::read),
                    "",
                    "TLS towards single domains, in place of clientTlsLevel: policies separated by semicolons, each a domain (with a"
                            + " leading dot all below it) and level=, nextHop=, verifyNames=, minimumProtocol=, pins=,"
                            + " clientCertificate=, ignoredExtensions=, monitor=. Usually changed at the bean type=Policies.")
            // Whom the lost policies were for cannot be known.
            .whenUnreadable("* level=REQUIRE_AND_VERIFY");

    /** Whose mail is not taken in clear. */
    public static final Setting<List<String>> REQUIRE_TLS_FROM = new Setting<>(
                    "requireTlsFrom",
                    SettingTypes.listOf(new SettingType<>(
                            "a domain such as example.org, or .example.org for all below it", DomainName::pattern)),
                    "",
                    "Domains of envelope senders whose mail is taken over TLS only, with a leading dot all below them: MAIL in clear"
                            + " is answered 530 5.7.0. Excludes serverTlsLevel NONE.")
            .whenUnreadable("*");

    /** All of them. */
    public static final List<Setting<?>> ALL = List.of(POLICIES, REQUIRE_TLS_FROM);

    private PolicySettings() {}

    /** {@return the text of policies} */
    public static String text(Collection<Policy> policies) {
        return policies.stream().map(Policy::toString).collect(Collectors.joining("; "));
    }

    /** {@return certificates that policies show to servers, as {@code ClientUses} wants them} */
    public static Map<String, String> clientCertificates(SettingValues values) {
        Map<String, String> aliases = new LinkedHashMap<>();
        for (Policy policy : values.get(POLICIES)) {
            policy.clientCertificate()
                    .ifPresent(alias -> aliases.put("client certificate of the policy of " + policy.domain(), alias));
        }
        return aliases;
    }

    private static List<Policy> read(String text) {
        List<Policy> policies = new ArrayList<>();
        for (String entry : text.split(";")) {
            if (!entry.isBlank()) {
                policies.add(policy(entry.trim().split("\\s+")));
            }
        }
        // Refuses two for one domain.
        return List.copyOf(
                new DomainTable<>(policies, Policy::domain).byPattern().values());
    }

    private static Policy policy(String[] words) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int end = words[i].indexOf('=');
            String name = end < 0 ? words[i] : words[i].substring(0, end);
            if (end < 0 || fields.put(name, words[i].substring(end + 1)) != null) {
                throw new IllegalArgumentException("The field " + DomainName.shown(name) + " of the policy of "
                        + DomainName.shown(words[0]) + " must be given once, as name=value.");
            }
        }
        return Policy.read(words[0], fields);
    }
}
