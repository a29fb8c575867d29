package org.postern.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.postern.MailConnectionFactory;
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

    /** {@return what the settings of this moment say} */
    static Routing now(MailConnectionFactory mail) {
        SettingValues values = mail.administration().settings();
        return new Routing(
                values.get(SharedSettings.ACCEPTED_DOMAINS),
                mail.administration().hostName(),
                mail::nextHopFor,
                values.get(GatewaySettings.POSTMASTER_ADDRESS));
    }

    /** {@return where a recipient's mail goes, and under which address} */
    Route route(Recipient named) {
        Recipient recipient = isPostmaster(named.mailbox()) ? postmaster(named) : named;
        return new Route(named, recipient, destination(recipient.mailbox()));
    }

    /** {@return whether it is the postmaster of a local domain; another domain's is its own business} */
    boolean isPostmaster(Mailbox mailbox) {
        return mailbox.isPostmaster() && localMailbox(mailbox).isPresent();
    }

    private Recipient postmaster(Recipient named) {
        return postmasterAddress
                .map(address -> new Recipient(address, named.notifyOn(), named.originalRecipient()))
                .orElse(named);
    }

    private Destination destination(Mailbox mailbox) {
        return localMailbox(mailbox)
                .<Destination>map(Destination.LocalMailbox::new)
                .orElseGet(() -> new Destination.RemoteHop(nextHops.apply(mailbox.domainKey())));
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
