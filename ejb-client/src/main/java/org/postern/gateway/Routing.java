package org.postern.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postern.MailRejectedException;
import org.postern.Mailbox;
import org.postern.NextHop;
import org.postern.Recipient;
import org.postern.administration.OwnAddresses;
import org.postern.administration.SettingValues;
import org.postern.administration.SharedSettings;

/**
 * Decides where a recipient's mail goes, by the settings of one moment. Local are the accepted domains, this gateway's own
 * name, and address literals of this machine, which are another way to write that name; all else goes to the next hop.
 *
 * @param acceptedDomains domains that are local, in lower case
 * @param hostName this gateway's own name; in lower case
 * @param nextHop where mail for all others goes; empty for nowhere
 * @param postmasterAddress who gets mail to postmaster; empty for the mailbox of that name
 */
record Routing(
        List<String> acceptedDomains, String hostName, Optional<NextHop> nextHop, Optional<Mailbox> postmasterAddress) {

    Routing {
        acceptedDomains = List.copyOf(acceptedDomains);
        hostName = hostName.toLowerCase(Locale.ROOT);
    }

    static Routing of(SettingValues values, String hostName) {
        return new Routing(
                values.get(SharedSettings.ACCEPTED_DOMAINS),
                hostName,
                values.get(GatewaySettings.NEXT_HOP),
                values.get(GatewaySettings.POSTMASTER_ADDRESS));
    }

    /**
     * Decides.
     *
     * @throws MailRejectedException 451 4.3.5 where there is no next hop: a fault of this gateway's settings that can be
     *     mended, so the sender keeps the message
     */
    Route route(Recipient recipient) throws MailRejectedException {
        if (isPostmaster(recipient.mailbox())) {
            return postmaster(recipient);
        }
        return plain(recipient).orElseThrow(() -> noNextHop(recipient.mailbox()));
    }

    /** {@return whether it is the postmaster of a local domain; another domain's is its own business} */
    boolean isPostmaster(Mailbox mailbox) {
        return mailbox.isPostmaster() && localMailbox(mailbox).isPresent();
    }

    /** {@return whether mail to postmaster cannot be sent to the address that is set for it} */
    boolean isPostmasterOutOfReach() {
        return postmasterAddress
                .map(address -> plain(Recipient.of(address)).isEmpty())
                .orElse(false);
    }

    /** Postmaster must get its mail (RFC 5321 section 4.5.1), so where the way elsewhere is missing it is kept here. */
    private Route postmaster(Recipient recipient) {
        return postmasterAddress
                .map(address -> new Recipient(address, recipient.notifyOn(), recipient.originalRecipient()))
                .flatMap(this::plain)
                .or(() -> plain(recipient))
                .orElseThrow();
    }

    private Optional<Route> plain(Recipient recipient) {
        Optional<Destination> local = localMailbox(recipient.mailbox()).map(Destination.LocalMailbox::new);
        return local.or(() -> nextHop.map(Destination.RemoteHop::new))
                .map(destination -> new Route(recipient, destination));
    }

    private Optional<MailboxKey> localMailbox(Mailbox mailbox) {
        MailboxKey key = MailboxKey.of(mailbox);
        if (key.domain().equals(hostName) || acceptedDomains.contains(key.domain())) {
            return Optional.of(key);
        }
        boolean own = mailbox.isAddressLiteral() && OwnAddresses.contain(mailbox.domain());
        return own ? Optional.of(key.at(hostName)) : Optional.empty();
    }

    private static MailRejectedException noNextHop(Mailbox mailbox) {
        return new MailRejectedException(
                451,
                "4.3.5",
                "Mail for " + MailboxKey.of(mailbox).domain()
                        + " cannot be sent on: this gateway's setting nextHop is empty");
    }
}
