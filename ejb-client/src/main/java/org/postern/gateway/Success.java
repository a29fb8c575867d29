package org.postern.gateway;

import java.util.List;
import java.util.Optional;
import org.postern.Receipt;
import org.postern.Recipient;

/**
 * A recipient whom a message was brought to.
 *
 * @param recipient as the sender named it
 * @param relayed what the next hop said that took the message; empty for a mailbox here
 */
record Success(Recipient recipient, Optional<Receipt> relayed) {

    /**
     * {@return whether the sender is to be told of it from here} Only where it was asked for (RFC 3461 sections 5.2.2 and 5.2.3),
     * and not where the next hop can tell more (section 5.2.1).
     */
    boolean isToBeReported() {
        boolean asked = List.of(recipient.notifyOn().split(",")).contains("SUCCESS");
        return asked && relayed.filter(Receipt::dsn).isEmpty();
    }

    /** {@return the action as RFC 3464 section 2.3.3 names it} */
    String action() {
        return relayed.isPresent() ? "relayed" : "delivered";
    }
}
