package org.postern.tls;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Contexts of domains' policies: each has its own, so that no session is resumed under another. They are made when a policy is
 * set, which proves it, and after a start when it is needed first.
 */
final class PolicyContexts {

    private final ClientFactory factory;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    PolicyContexts(ClientFactory factory) {
        this.factory = factory;
    }

    private record Held(Policy policy, ClientPolicy terms, Anchors anchors, ClientTls tls) {}

    ClientTls get(Policy policy, ClientPolicy base, Anchors anchors) {
        Held found = held.get(policy.domain());
        return found != null && fits(found, policy, base.under(policy), anchors)
                ? found.tls()
                : renew(policy, base.under(policy), anchors);
    }

    /** One after another, so that a burst of messages after a change makes one context and not as many as there are messages. */
    private synchronized ClientTls renew(Policy policy, ClientPolicy terms, Anchors anchors) {
        Held found = held.get(policy.domain());
        if (found != null && fits(found, policy, terms, anchors)) {
            return found.tls();
        }
        // What is missing now was there when the policy was set; mail waits for it, and PolicyCertificates tells of it.
        Held made = new Held(policy, terms, anchors, factory.make(terms, anchors, alias -> true));
        held.put(policy.domain(), made);
        return made.tls();
    }

    /**
     * Proves what is new or was made of something that has changed.
     *
     * @param next all policies as they would be
     * @param before all policies in force; what was among them and was never needed is not made now
     * @param base what is demanded towards all
     * @param anchors where chains may end
     * @return brings them into force
     */
    Runnable prepare(Collection<Policy> next, Collection<Policy> before, ClientPolicy base, Anchors anchors) {
        Map<String, Held> made = new HashMap<>();
        Set<String> domains = new HashSet<>();
        for (Policy policy : next) {
            domains.add(policy.domain());
            ClientPolicy terms = base.under(policy);
            Held found = held.get(policy.domain());
            boolean isStale = found != null && !fits(found, policy, terms, anchors);
            if (isStale || !before.contains(policy)) {
                ClientTls tls = factory.make(terms, anchors, alias -> !namesAnew(policy, before));
                made.put(policy.domain(), new Held(policy, terms, anchors, tls));
            }
        }
        return () -> {
            held.keySet().retainAll(domains);
            held.putAll(made);
        };
    }

    /** A certificate must be there to be named. What another setting names, or was lost since, is waited for. */
    private static boolean namesAnew(Policy policy, Collection<Policy> before) {
        return policy.clientCertificate().isPresent()
                && before.stream()
                        .filter(old -> old.domain().equals(policy.domain()))
                        .noneMatch(old -> old.clientCertificate().equals(policy.clientCertificate()));
    }

    private boolean fits(Held found, Policy policy, ClientPolicy terms, Anchors anchors) {
        return found.policy().equals(policy)
                && found.terms().equals(terms)
                && found.anchors() == anchors
                && factory.isCurrent(found.tls());
    }
}
