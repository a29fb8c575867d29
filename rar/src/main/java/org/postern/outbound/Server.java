package org.postern.outbound;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.postern.MailDeliveryException;

/**
 * A server that can be tried.
 *
 * @param host its name or address
 * @param preference as its domain has it; the lower, the more preferred
 * @param addresses where it is
 * @param failure why it has no addresses; empty if it has
 */
record Server(String host, int preference, List<InetSocketAddress> addresses, Optional<MailDeliveryException> failure) {

    Server {
        addresses = List.copyOf(addresses);
    }
}
