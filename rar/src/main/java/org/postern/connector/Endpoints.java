package org.postern.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postern.Mailbox;

/** The active beans, and which of them takes mail for a recipient: the most specific pattern wins. */
final class Endpoints {

    private volatile List<Endpoint> active = List.of();

    /**
     * Adds a bean.
     *
     * @throws ResourceException if one of its patterns is another bean's already, as then nothing could decide between them
     */
    synchronized void add(Endpoint endpoint) throws ResourceException {
        for (Endpoint other : active) {
            for (RecipientPattern pattern : endpoint.patterns()) {
                if (other.patterns().contains(pattern)) {
                    throw new ResourceException("The recipients " + pattern + " of the bean " + endpoint.name()
                            + " are those of the bean " + other.name()
                            + " already; each pattern can belong to one bean only.");
                }
            }
        }
        var more = new ArrayList<>(active);
        more.add(endpoint);
        active = List.copyOf(more);
    }

    /** Removes a bean; does nothing when it is not active. */
    synchronized void remove(MessageEndpointFactory factory) {
        active = active.stream()
                .filter(endpoint -> endpoint.factory() != factory)
                .toList();
    }

    /** {@return whether a bean is the only active one} */
    boolean isLast(MessageEndpointFactory factory) {
        List<Endpoint> now = active;
        return now.size() == 1 && now.get(0).factory() == factory;
    }

    boolean contains(Endpoint endpoint) {
        return active.contains(endpoint);
    }

    /** {@return the bean that takes mail for a recipient} */
    Optional<Endpoint> find(Mailbox mailbox) {
        Endpoint best = null;
        int bestSpecificity = -1;
        for (Endpoint endpoint : active) {
            for (RecipientPattern pattern : endpoint.patterns()) {
                if (pattern.specificity() > bestSpecificity && pattern.matches(mailbox)) {
                    best = endpoint;
                    bestSpecificity = pattern.specificity();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@return the bean that has been active longest, for mail that must be taken although none asks for it} */
    Optional<Endpoint> first() {
        return active.stream().findFirst();
    }

    /** {@return whether a bean names the recipient, so that mail for it is taken from anyone} */
    boolean name(Mailbox mailbox) {
        return active.stream()
                .flatMap(endpoint -> endpoint.patterns().stream())
                .anyMatch(pattern -> pattern.names(mailbox));
    }

    /** {@return the bean that names the recipient's domain, be it for others of that domain; of several the one active longest} */
    Optional<Endpoint> ofDomain(Mailbox mailbox) {
        return active.stream()
                .filter(endpoint -> endpoint.patterns().stream().anyMatch(pattern -> pattern.namesDomainOf(mailbox)))
                .findFirst();
    }
}
