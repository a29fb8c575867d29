package org.postern;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What became of a message that was sent.
 *
 * @param nextHop the server that took it
 * @param results one for each recipient of the envelope, in its order
 * @param reply the server's reply to the content
 * @param tls the TLS session it went over; empty for mail in clear
 * @param dsn whether the server has DSN (RFC 3461) and so was told what the sender wants to be notified of. Where it has not,
 *     a success that was asked for is reported by whoever relays (section 5.2.2)
 */
public record Receipt(NextHop nextHop, List<Result> results, Reply reply, Optional<TlsSession> tls, boolean dsn)
        implements Serializable {

    /** Copies the list. */
    public Receipt {
        results = List.copyOf(results);
    }

    /**
     * What became of one recipient.
     *
     * @param recipient the recipient
     * @param reply the server's reply: to RCPT where that was refused, else to the content
     */
    public record Result(Recipient recipient, Reply reply) implements Serializable {

        /** {@return whether the server has taken over this recipient} */
        public boolean isAccepted() {
            return reply.isPositive();
        }
    }

    /** {@return those that were not accepted; they are still the caller's} */
    public List<Result> refused() {
        return results.stream().filter(result -> !result.isAccepted()).toList();
    }

    /** {@return whether every recipient was accepted} */
    public boolean isComplete() {
        return refused().isEmpty();
    }
}
