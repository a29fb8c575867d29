package org.postern.outbound;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.postern.Credentials;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.smtp.client.Content;

/**
 * A connection to one next hop, kept from message to message. It is opened when there is something to send; opened anew once, if
 * the server has left meanwhile; and opened anew when the TLS settings are no longer those that it was made under. Never after a
 * command of the message has gone out: then nobody can know whether the server took it.
 */
public final class Connection implements AutoCloseable {

    private final Client client;
    private final NextHop nextHop;
    private final Optional<Credentials> credentials;
    private volatile Wire wire;
    private volatile boolean closed;

    Connection(Client client, NextHop nextHop, Optional<Credentials> credentials) {
        this.client = client;
        this.nextHop = nextHop;
        this.credentials = credentials;
    }

    /** {@return the server} */
    public NextHop nextHop() {
        return nextHop;
    }

    /** {@return on whose behalf; empty for what is set} */
    public Optional<Credentials> credentials() {
        return credentials;
    }

    /** {@return whether the server has left} The next message opens it anew. */
    public boolean isBroken() {
        Wire last = wire;
        return last != null && !last.isOpen();
    }

    /** {@return whether it can never be opened again, as the adapter has stopped} */
    public boolean isOver() {
        return client.loops().group().isShuttingDown();
    }

    /**
     * Sends a message as it is. The calling thread waits.
     *
     * @param envelope sender and recipients
     * @param source header and body
     * @return what the server said about each recipient; at least one was accepted
     * @throws MailDeliveryException if none was, or it did not come to that
     */
    public Receipt send(Envelope envelope, MailContent source) throws MailDeliveryException {
        return send(envelope, source, Optional.empty());
    }

    /**
     * Sends a message. The calling thread waits.
     *
     * @param envelope sender and recipients
     * @param source header and body
     * @param conversion converts content that the server cannot take; empty where that is not allowed
     * @return what the server said about each recipient; at least one was accepted
     * @throws MailDeliveryException if none was, or it did not come to that
     * @throws IllegalArgumentException if there is no recipient, or the content has a bare CR or LF
     * @throws IllegalStateException if this connection has been closed
     */
    public synchronized Receipt send(Envelope envelope, MailContent source, Optional<SevenBit> conversion)
            throws MailDeliveryException {
        if (closed) {
            throw new IllegalStateException("The connection to " + nextHop + " has been closed.");
        }
        if (envelope.recipients().isEmpty()) {
            throw new IllegalArgumentException("A message needs at least one recipient.");
        }
        boolean taken = false;
        try {
            Message message = new Message(envelope, Content.check(source));
            Receipt receipt = send(message, conversion, new Caller());
            taken = true;
            return receipt;
        } catch (MailDeliveryException e) {
            client.statistics().keptBack(nextHop, e);
            throw e;
        } catch (IOException e) {
            throw OwnVerdict.unreadable(nextHop, e);
        } catch (UncheckedIOException e) {
            throw OwnVerdict.waits(
                    "Mail to " + nextHop + " waits, as " + e.getCause().getMessage() + ".", "4.3.5", e);
        } catch (InterruptedException e) {
            hangUp();
            Thread.currentThread().interrupt();
            throw OwnVerdict.waits("Sending to " + nextHop + " was interrupted.", "4.3.2", e);
        } catch (RejectedExecutionException e) {
            throw OwnVerdict.waits(
                    "There is nobody left to send to " + nextHop + ", as the adapter is stopping.", "4.3.2", e);
        } finally {
            client.statistics().sent(nextHop, taken);
        }
    }

    /** Takes leave of the server, without waiting for it. */
    @Override
    public void close() {
        closed = true;
        Wire last = wire;
        wire = null;
        if (last != null) {
            try {
                last.quit();
            } catch (RejectedExecutionException stopping) {
                // The event loops closed their channels when they ended.
                last.close();
            }
        }
    }

    private Receipt send(Message message, Optional<SevenBit> conversion, Caller caller)
            throws MailDeliveryException, InterruptedException {
        Terms terms = client.terms(nextHop, credentials);
        Timeouts timeouts = client.timeouts();
        try (Journey journey = new Journey(message, conversion, timeouts, caller)) {
            try {
                Optional<Wire> kept = kept(terms, timeouts, caller);
                return caller.await(
                        kept.isPresent()
                                ? travel(journey, kept.get(), timeouts)
                                : travel(journey, terms, timeouts, caller));
            } catch (InterruptedException e) {
                journey.abandon();
                throw e;
            }
        } catch (RuntimeException e) {
            // Nobody knows how far the dialogue came.
            hangUp();
            throw e;
        }
    }

    /** {@return the connection of the last message, if it will do for the next} */
    private Optional<Wire> kept(Terms terms, Timeouts timeouts, Caller caller)
            throws MailDeliveryException, InterruptedException {
        Wire last = wire;
        if (last == null || isUsable(last, terms, timeouts, caller)) {
            return Optional.ofNullable(last);
        }
        wire = null;
        last.quit();
        return Optional.empty();
    }

    private boolean isUsable(Wire kept, Terms terms, Timeouts timeouts, Caller caller)
            throws MailDeliveryException, InterruptedException {
        if (!kept.isOpen() || !kept.terms().equals(terms) || kept.isWornOut(timeouts.lifetime())) {
            return false;
        }
        return !kept.needsCheck(timeouts.idleCheck()) || caller.await(kept.check(timeouts.command()));
    }

    private CompletableFuture<Receipt> travel(Journey journey, Wire ready, Timeouts timeouts) {
        return ready.onLoop(() -> journey.start(ready).whenComplete((receipt, failure) -> used(ready, timeouts)));
    }

    private CompletableFuture<Receipt> travel(Journey journey, Terms terms, Timeouts timeouts, Caller caller) {
        EventLoop loop = client.loops().group().next();
        return new Search(client, terms, loop, caller)
                .start()
                .thenComposeAsync(
                        fresh -> {
                            adopt(fresh, journey);
                            return journey.start(fresh).whenComplete((receipt, failure) -> used(fresh, timeouts));
                        },
                        loop);
    }

    /** First the one, then the question: who gives up sets his mark and then hangs up, and one of the two sees the other. */
    private void adopt(Wire fresh, Journey journey) {
        wire = fresh;
        if (closed || journey.isAbandoned()) {
            wire = null;
            fresh.quit();
            throw new IllegalStateException("The connection to " + nextHop + " was closed while it was opened.");
        }
    }

    /** A connection that is not to be kept any longer is left at once, and not when the next message comes. */
    private void used(Wire last, Timeouts timeouts) {
        if (last.isLeaving() || last.isOpen() && last.isWornOut(timeouts.lifetime())) {
            wire = null;
            last.quit();
        }
    }

    private void hangUp() {
        Wire last = wire;
        if (last != null) {
            last.close();
        }
    }
}
