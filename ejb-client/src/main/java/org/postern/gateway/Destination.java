package org.postern.gateway;

import org.postern.NextHop;

/** Where mail for a recipient goes. */
sealed interface Destination {

    /**
     * A mailbox of this gateway.
     *
     * @param mailbox which one
     */
    record LocalMailbox(MailboxKey mailbox) implements Destination {}

    /**
     * Another mail server.
     *
     * @param nextHop which one
     */
    record RemoteHop(NextHop nextHop) implements Destination {}

    /** {@return whether one transaction with the sender can serve both: what is stored here is, and what one server takes} */
    default boolean goesWith(Destination other) {
        return this instanceof LocalMailbox ? other instanceof LocalMailbox : equals(other);
    }
}
