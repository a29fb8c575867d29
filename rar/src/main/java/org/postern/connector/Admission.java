package org.postern.connector;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.postern.Envelope;
import org.postern.Mailbox;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.administration.OwnAddresses;
import org.postern.administration.SettingValues;
import org.postern.administration.SharedSettings;
import org.postern.listener.ListenerSettings;
import org.postern.listener.Network;
import org.postern.smtp.server.RecipientRules;
import org.postern.smtp.server.Replies;
import org.postern.smtp.server.Session;
import org.postern.tls.Policies;

/**
 * Who may send to whom. Mail for accepted domains, and for those that a bean names, is taken from anyone; mail for all others
 * from trusted networks only: this is no open relay.
 */
final class Admission implements RecipientRules {

    private static final Reply RELAYING_DENIED = new Reply(550, "5.7.1", "Mail for this domain is not relayed for you");
    private static final Reply OTHER_BEAN =
            new Reply(452, "4.5.3", "This recipient is served elsewhere; send the message to it separately");

    private static final Reply ROUTING_DENIED =
            new Reply(550, "5.7.1", "An address that names a route is not relayed for you");

    private final SettingValues settings;
    private final Endpoints endpoints;
    private final Policies policies;
    private final String hostName;

    Admission(SettingValues settings, Endpoints endpoints, Policies policies, String hostName) {
        this.settings = settings;
        this.endpoints = endpoints;
        this.policies = policies;
        this.hostName = hostName;
    }

    @Override
    public Optional<Reply> refusal(Session session, Envelope soFar, Mailbox mailbox) {
        if (!isOurs(mailbox)
                && !endpoints.name(mailbox)
                && !isOurPostmaster(mailbox)
                && !isTrusted(session.facts().peer())) {
            return Optional.of(RELAYING_DENIED);
        }
        Optional<Endpoint> endpoint = endpoint(mailbox);
        if (endpoint.isEmpty()) {
            return Optional.of(Replies.NO_ENDPOINT);
        }
        if (mailbox.isSourceRouted()
                && !endpoint.get().isFinal()
                && !isTrusted(session.facts().peer())) {
            return Optional.of(ROUTING_DENIED);
        }
        boolean first = soFar.recipients().isEmpty();
        if (!first && !endpoint.equals(endpoint(soFar.recipients().get(0).mailbox()))) {
            return Optional.of(OTHER_BEAN);
        }
        return Optional.empty();
    }

    @Override
    public boolean asksApplication(Recipient recipient) {
        return !isOurPostmaster(recipient.mailbox())
                && endpoint(recipient.mailbox()).map(Endpoint::checksRecipients).orElse(false);
    }

    @Override
    public boolean demandsTlsFrom(Optional<Mailbox> sender) {
        return policies.demandsTlsFrom(sender);
    }

    /**
     * {@return the bean that takes mail for a recipient} A postmaster of ours is always taken (RFC 5321 section 4.5.1): where no
     * bean asks for it by that name, by one that does under an accepted domain, else by one that names its domain, else by the one
     * that has been active longest.
     */
    Optional<Endpoint> endpoint(Mailbox mailbox) {
        Optional<Endpoint> asking = endpoints.find(mailbox);
        if (asking.isPresent() || !isOurPostmaster(mailbox)) {
            return asking;
        }
        return settings.get(SharedSettings.ACCEPTED_DOMAINS).stream()
                .flatMap(domain -> endpoints.find(new Mailbox(mailbox.localPart(), domain)).stream())
                .findFirst()
                .or(() -> endpoints.ofDomain(mailbox))
                .or(endpoints::first);
    }

    /** A domain is ours as soon as mail for one recipient of it is taken from anyone: it then needs a postmaster. */
    private boolean isOurPostmaster(Mailbox mailbox) {
        return mailbox.isPostmaster()
                && (isOurs(mailbox) || endpoints.ofDomain(mailbox).isPresent());
    }

    private boolean isOurs(Mailbox mailbox) {
        String domain = mailbox.domainKey();
        return settings.get(SharedSettings.ACCEPTED_DOMAINS).contains(domain)
                || domain.equalsIgnoreCase(hostName)
                || mailbox.isAddressLiteral() && OwnAddresses.contain(domain);
    }

    /** {@return whether a peer may send to any domain} */
    boolean isTrusted(InetSocketAddress peer) {
        for (Network network : settings.get(ListenerSettings.TRUSTED_NETWORKS)) {
            if (network.contains(peer)) {
                return true;
            }
        }
        return false;
    }
}
