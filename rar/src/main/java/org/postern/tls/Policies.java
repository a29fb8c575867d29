package org.postern.tls;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.postern.Mailbox;
import org.postern.NextHop;
import org.postern.administration.SettingValues;
import org.postern.administration.Settings;
import org.postern.settings.SettingsStore;

/**
 * What holds for single domains. A policy is about a recipients' domain or about the host of a configured next hop; if there is
 * one for both, that of the recipients' domain decides. Names that a server's certificate must be for, at
 * {@code REQUIRE_AND_VERIFY}: the policy's, else the configured host, else, for delivery by MX, the recipients' domain and all
 * below it. The name of an MX host counts only where the policy lists {@code mx}: whoever forges the answer to an unsigned look-up
 * chooses it (RFC 7672 section 1.3.2).
 */
public final class Policies implements Settings.Participant {

    private final Roles roles;
    private final AtomicReference<Rules> rules = new AtomicReference<>(Rules.NONE);

    /**
     * Makes them; {@link #start} brings them into force.
     *
     * @param roles makes contexts of them
     */
    public Policies(Roles roles) {
        this.roles = roles;
    }

    private record Rules(DomainTable<Policy> policies, DomainTable<String> senders) {

        static final Rules NONE = new Rules(
                new DomainTable<>(List.of(), Policy::domain), new DomainTable<>(List.of(), pattern -> pattern));

        static Rules of(SettingValues values) {
            List<String> senders = values.get(PolicySettings.REQUIRE_TLS_FROM);
            if (!senders.isEmpty() && values.get(TlsSettings.SERVER_LEVEL) == ServerLevel.NONE) {
                throw new IllegalArgumentException(
                        "Rule R3: requireTlsFrom and serverTlsLevel NONE exclude each other, as mail from these domains could"
                                + " never be taken.");
            }
            return new Rules(
                    new DomainTable<>(values.get(PolicySettings.POLICIES), Policy::domain),
                    new DomainTable<>(senders, pattern -> pattern));
        }
    }

    /**
     * Brings the configured values into force, and has a say in changes from then on.
     *
     * @param store the settings
     * @return closing it ends the say in changes
     * @throws IllegalArgumentException with a full sentence, if the configured values break a rule
     */
    public Settings.Registration start(SettingsStore store) {
        rules.set(Rules.of(store));
        rules.get().policies().byPattern().values().forEach(roles.client().policy()::under);
        return store.join(this);
    }

    @Override
    public Runnable prepare(SettingValues candidate) {
        Rules next = Rules.of(candidate);
        Runnable contexts =
                roles.prepare(Set.copyOf(next.policies().byPattern().values()), Set.copyOf(all()), candidate);
        return () -> {
            contexts.run();
            rules.set(next);
        };
    }

    /** {@return all policies} */
    public Collection<Policy> all() {
        return rules.get().policies().byPattern().values();
    }

    /** {@return the policy of just this domain} */
    public Optional<Policy> find(String domain) {
        return Optional.ofNullable(rules.get().policies().byPattern().get(domain));
    }

    /** {@return the policy that decides about mail to a domain} */
    public Optional<Policy> deciding(String domain) {
        return find(domain, policy -> !policy.monitor());
    }

    /** {@return what is demanded of a next hop} */
    public Decision decide(NextHop nextHop) {
        Optional<Policy> policy = find(nextHop, found -> !found.monitor());
        Optional<Policy> any = find(nextHop, found -> true);
        ClientTls tls = policy.map(roles::client).orElseGet(roles::client);
        return new Decision(policy, any.filter(Policy::monitor), tls);
    }

    /** {@return what a policy demands, whether or not it decides} */
    public ClientTls demandsOf(Policy policy) {
        return roles.client(policy);
    }

    /**
     * Judges a sender. The null reverse path is of no domain, so that only a rule for all is about it.
     *
     * @param sender the reverse path; empty for the null reverse path
     * @return whether mail from it is taken over TLS only
     */
    public boolean demandsTlsFrom(Optional<Mailbox> sender) {
        String domain = sender.map(Mailbox::domainKey).orElse("");
        return rules.get().senders().find(domain, pattern -> true).isPresent();
    }

    /**
     * Gives the names that a server's certificate must be for one of.
     *
     * @param nextHop the next hop
     * @param policy the policy that is asked
     * @param host the server at hand: with an MX next hop one of the domain's, else the next hop's own
     */
    public static List<String> names(NextHop nextHop, Optional<Policy> policy, String host) {
        List<String> listed = policy.map(Policy::verifyNames).orElse(List.of());
        if (!listed.isEmpty()) {
            return listed.stream()
                    .map(name -> name.equals(Policy.MX_NAME) ? host : name)
                    .toList();
        }
        return nextHop.way() == NextHop.Way.MX ? List.of(nextHop.host(), "." + nextHop.host()) : List.of(host);
    }

    private Optional<Policy> find(NextHop nextHop, Predicate<Policy> accepted) {
        Optional<Policy> byDomain = nextHop.domain().isEmpty() ? Optional.empty() : find(nextHop.domain(), accepted);
        return byDomain.or(() -> find(nextHop.host(), accepted));
    }

    private Optional<Policy> find(String domain, Predicate<Policy> accepted) {
        return rules.get().policies().find(domain, accepted);
    }
}
