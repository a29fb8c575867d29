package org.postern.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.postern.Mailbox;
import org.postern.NextHop;
import org.postern.Recipient;
import org.postern.administration.OwnAddresses;
import org.postern.administration.SettingValues;
import org.postern.administration.SharedSettings;

/**
 * Decides where a recipient's mail goes, by the settings of one moment. Local are the accepted domains, this gateway's own
 * name, and address literals of this machine, which are another way to write that name; all else goes where the adapter says.
 *
 * @param acceptedDomains domains that are local, in lower case
 * @param hostName this gateway's own name; in lower case
 * @param nextHops tells where mail for another domain goes
 * @param postmasterAddress who gets mail to postmaster; empty for the mailbox of that name
 */
record Routing(
        List<String> acceptedDomains,
        String hostName,
        Function<String, NextHop> nextHops,
        Optional<Mailbox> postmasterAddress) {

    Routing {
        acceptedDomains = List.copyOf(acceptedDomains);
        hostName = hostName.toLowerCase(Locale.ROOT);
    }

    static Routing of(SettingValues values, String hostName, Function<String, NextHop> nextHops) {
        return new Routing(
                values.get(SharedSettings.ACCEPTED_DOMAINS),
                hostName,
                nextHops,
                values.get(GatewaySettings.POSTMASTER_ADDRESS));
    }

    /** {@return where a recipient's mail goes, and under which address} */
    Route route(Recipient recipient) {
        return isPostmaster(recipient.mailbox()) ? postmaster(recipient) : plain(recipient);
    }

    /** {@return whether it is the postmaster of a local domain; another domain's is its own business} */
    boolean isPostmaster(Mailbox mailbox) {
        return mailbox.isPostmaster() && localMailbox(mailbox).isPresent();
    }

    private Route postmaster(Recipient recipient) {
        return plain(postmasterAddress
                .map(address -> new Recipient(address, recipient.notifyOn(), recipient.originalRecipient()))
                .orElse(recipient));
    }

    private Route plain(Recipient recipient) {
        Destination destination = localMailbox(recipient.mailbox())
                .<Destination>map(Destination.LocalMailbox::new)
                .orElseGet(() -> new Destination.RemoteHop(
                        nextHops.apply(recipient.mailbox().domainKey())));
        return new Route(recipient, destination);
    }

    private Optional<MailboxKey> localMailbox(Mailbox mailbox) {
        MailboxKey key = MailboxKey.of(mailbox);
        if (key.domain().equals(hostName) || acceptedDomains.contains(key.domain())) {
            return Optional.of(key);
        }
        boolean own = mailbox.isAddressLiteral() && OwnAddresses.contain(mailbox.domain());
        return own ? Optional.of(key.at(hostName)) : Optional.empty();
    }
}
