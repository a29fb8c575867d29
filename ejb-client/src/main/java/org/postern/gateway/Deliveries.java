package org.postern.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postern.InboundMail;
import org.postern.MailRejectedException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.Recipient;

/**
 * Takes a message to each destination of its recipients. Local mailboxes come first, as they can be rolled back: a failure there
 * must not find the message on its way elsewhere. The two kinds meet in one message only through {@code postmaster}, who is
 * never asked to come separately.
 */
final class Deliveries {

    private final MailboxDelivery local;
    private final RemoteDelivery remote;

    Deliveries(MailboxDelivery local, RemoteDelivery remote) {
        this.local = local;
        this.remote = remote;
    }

    /** {@return how the message was brought to each recipient, in the order of the routes} */
    List<Success> deliver(InboundMail mail, List<Route> routes) throws MailRejectedException {
        Set<MailboxKey> mailboxes = new LinkedHashSet<>();
        Map<NextHop, List<Recipient>> nextHops = new LinkedHashMap<>();
        for (Route route : routes) {
            if (route.destination() instanceof Destination.LocalMailbox to) {
                mailboxes.add(to.mailbox());
            } else if (route.destination() instanceof Destination.RemoteHop to) {
                nextHops.computeIfAbsent(to.nextHop(), hop -> new ArrayList<>()).add(route.recipient());
            }
        }
        if (!mailboxes.isEmpty()) {
            local.deliver(mail, mailboxes);
        }
        Map<Destination, Receipt> receipts = new HashMap<>();
        for (var entry : nextHops.entrySet()) {
            Receipt receipt = remote.deliver(mail, entry.getKey(), entry.getValue());
            receipts.put(new Destination.RemoteHop(entry.getKey()), receipt);
        }
        return routes.stream()
                .map(route -> new Success(route.named(), Optional.ofNullable(receipts.get(route.destination()))))
                .toList();
    }
}
