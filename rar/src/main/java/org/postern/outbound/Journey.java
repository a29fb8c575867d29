package org.postern.outbound;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.postern.MailDeliveryException;
import org.postern.Receipt;

/**
 * One message and what is to be done with it as soon as there is a connection. It begins on the event loop, where connections
 * become ready: the thread that waits is woken once, when all is over.
 */
final class Journey implements AutoCloseable {

    private final Message message;
    private final Optional<SevenBit> conversion;
    private final Timeouts timeouts;
    private final Caller caller;
    private volatile Sending sending;
    private volatile boolean abandoned;

    /**
     * Prepares.
     *
     * @param message what to send
     * @param conversion converts content that the server cannot take; empty where that is not allowed
     * @param timeouts how long to wait
     * @param caller does what can block
     */
    Journey(Message message, Optional<SevenBit> conversion, Timeouts timeouts, Caller caller) {
        this.message = message;
        this.conversion = conversion;
        this.timeouts = timeouts;
        this.caller = caller;
    }

    /** Sends it over a connection that is ready. On its event loop. {@return what became of it, or MailDeliveryException} */
    CompletableFuture<Receipt> start(Wire wire) {
        if (conversion.isEmpty() || message.fits(wire)) {
            return send(message, wire);
        }
        return CompletableFuture.supplyAsync(() -> converted(conversion.get(), wire), caller)
                .thenComposeAsync(fitting -> send(fitting, wire), wire.loop());
    }

    private CompletableFuture<Receipt> send(Message fitting, Wire wire) {
        Sending started = new Sending(wire, fitting, timeouts, caller);
        sending = started;
        if (abandoned) {
            // Nobody waits for the outcome any more, and was told that there is none.
            throw new IllegalStateException("The message was given up before it was sent.");
        }
        return started.start();
    }

    private Message converted(SevenBit allowed, Wire wire) {
        try {
            return message.converted(wire, allowed);
        } catch (MailDeliveryException e) {
            throw new CompletionException(e);
        } catch (IOException e) {
            throw new CompletionException(OwnVerdict.unreadable(wire.server(), e));
        }
    }

    /** Nobody waits any more: what has not been begun is not to be. */
    void abandon() {
        abandoned = true;
    }

    /** {@return whether nobody waits any more} */
    boolean isAbandoned() {
        return abandoned;
    }

    /** On the thread that waits. */
    @Override
    public void close() {
        Sending started = sending;
        if (started != null) {
            started.close();
        }
    }
}
