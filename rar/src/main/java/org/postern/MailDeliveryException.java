package org.postern;

import jakarta.resource.ResourceException;
import java.util.List;
import java.util.Optional;

/** Mail could not be handed to its next hop. Nobody has taken it over: it is still the caller's. */
public class MailDeliveryException extends ResourceException {

    private static final long serialVersionUID = 1L;

    private final Reply reply;
    private final TlsFailure tlsFailure;
    private final transient List<Receipt.Result> results;

    /**
     * Makes one for a condition that this side found, or a reply to the whole message.
     *
     * @param message a full sentence with host and reason
     * @param reply the server's reply, or the one that this side would give for the condition
     * @param tlsFailure the TLS reason; null where TLS was not the reason
     * @param cause what it was made from; null for none
     */
    public MailDeliveryException(String message, Reply reply, TlsFailure tlsFailure, Throwable cause) {
        super(message, cause);
        this.reply = reply;
        this.tlsFailure = tlsFailure;
        this.results = List.of();
    }

    /**
     * Makes one for a message none of whose recipients were accepted.
     *
     * @param message a full sentence with host and reason
     * @param results what was said about each recipient, at least one
     */
    public MailDeliveryException(String message, List<Receipt.Result> results) {
        super(message);
        this.reply = results.stream()
                .map(Receipt.Result::reply)
                .filter(Reply::isTemporary)
                .findFirst()
                .orElse(results.get(0).reply());
        this.tlsFailure = null;
        this.results = List.copyOf(results);
    }

    /** {@return the reply that decided; of several, a temporary one, as then the sender should keep the message} */
    public Reply reply() {
        return reply;
    }

    /** {@return whether trying again later may succeed} */
    public boolean isTemporary() {
        return reply.isTemporary();
    }

    /** {@return the reason, where a demand on TLS was not met} */
    public Optional<TlsFailure> tlsFailure() {
        return Optional.ofNullable(tlsFailure);
    }

    /** {@return what was said about each recipient; empty where it did not come to that} */
    public List<Receipt.Result> results() {
        return results == null ? List.of() : results;
    }
}
