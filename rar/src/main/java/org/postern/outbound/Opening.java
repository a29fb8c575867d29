package org.postern.outbound;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import java.nio.channels.ClosedChannelException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Reply;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.smtp.client.Commands;
import org.postern.smtp.client.Feature;
import org.postern.smtp.client.Features;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Failures;
import org.postern.tls.Peer;
import org.postern.tls.Policies;
import org.postern.tls.Policy;

/**
 * Makes a connection ready for its first message: greeting, EHLO, and TLS as the level says (RFC 3207). Nothing of a message is
 * sent here, so at {@code REQUIRE} and above none can have left in clear when this fails.
 *
 * <p>Used on the event loop.
 */
final class Opening {

    private static final System.Logger LOG = System.getLogger(Opening.class.getName());
    private static final int READY = 220;
    private static final int CLOSING = 421;
    private static final int NO_TLS = 454;
    private static final Set<TlsFailure> FAILED_HANDSHAKES = EnumSet.of(TlsFailure.HANDSHAKE, TlsFailure.PROTOCOL);

    private enum Mode {
        CLEAR,
        TLS,
        CLASSIC_TLS
    }

    private final Client client;
    private final Terms terms;
    private final Target target;
    private final Peer peer;
    private final Executor blocking;
    private final Dialer dialer;
    private final ClientTls tls;
    private final Timeouts timeouts;
    private final String hostName;
    private final OutboundStatistics statistics;
    private Optional<Supplier<ChannelHandler>> watchers = Optional.empty();

    /**
     * Prepares.
     *
     * @param client what all connections share
     * @param terms what to open it under
     * @param target where to
     * @param loop its event loop
     * @param blocking does what takes a while
     */
    Opening(Client client, Terms terms, Target target, EventLoop loop, Executor blocking) {
        this.client = client;
        this.blocking = blocking;
        this.terms = terms;
        this.target = target;
        this.dialer = new Dialer(client, loop);
        this.tls = terms.decision().tls();
        this.timeouts = client.timeouts();
        this.hostName = client.hostName();
        this.statistics = client.statistics();
        this.peer = new Peer(
                target.host(),
                target.address().getPort(),
                Policies.names(terms.nextHop(), terms.decision().policy(), target.host()));
    }

    /** {@return this, with somebody who watches each handshake go by} */
    Opening watching(Supplier<ChannelHandler> each) {
        watchers = Optional.of(each);
        return this;
    }

    /** {@return a connection that is ready, or MailDeliveryException} */
    CompletableFuture<Wire> start() {
        return attempt(terms.level() == ClientLevel.NONE ? Mode.CLEAR : Mode.TLS)
                .exceptionallyCompose(this::retryWithoutHybrid)
                .exceptionallyCompose(this::retryInClear)
                .thenApply(wire -> {
                    statistics.connected(terms, wire.tls());
                    watchedBy(terms.decision().monitored(), wire);
                    return wire;
                });
    }

    private CompletableFuture<Wire> attempt(Mode mode) {
        Openings.Place place = client.openings().enter(target.address(), dialer.loop());
        return dialer.dial(target, terms, place).thenCompose(wire -> greeted(wire, place)
                .thenCompose(ignored -> hello(wire))
                .thenCompose(ignored -> mode == Mode.CLEAR ? done() : secure(wire, mode))
                .thenCompose(ignored -> new Authentication(wire, terms.login(), timeouts, blocking).start())
                .thenApply(ignored -> wire)
                .whenComplete((ready, failure) -> {
                    if (failure != null) {
                        wire.close();
                    }
                }));
    }

    /** Some peers break on the long hello that post-quantum key exchange makes; without it the demands are the same. */
    private CompletableFuture<Wire> retryWithoutHybrid(Throwable thrown) {
        Optional<TlsFailure> failure = tlsFailure(thrown);
        boolean mayHelp = failure.filter(FAILED_HANDSHAKES::contains).isPresent() && tls.offersHybrid();
        return mayHelp ? attempt(Mode.CLASSIC_TLS) : CompletableFuture.failedFuture(thrown);
    }

    /** Only ATTEMPT goes on without TLS, and not after an injection: that is no fault of a peer that is merely old. */
    private CompletableFuture<Wire> retryInClear(Throwable thrown) {
        Optional<TlsFailure> failure = tlsFailure(thrown);
        failure.ifPresent(reason -> statistics.tlsFailed(terms, reason));
        if (terms.level() != ClientLevel.ATTEMPT || failure.isEmpty() || failure.get() == TlsFailure.INJECTED) {
            return CompletableFuture.failedFuture(thrown);
        }
        statistics.retriedInClear();
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} Trying once more in clear, as the level is ATTEMPT.",
                cause(thrown).getMessage());
        return attempt(Mode.CLEAR);
    }

    /** A policy that only watches: what it would have made of this session. */
    private void watchedBy(Optional<Policy> monitored, Wire wire) {
        monitored.ifPresent(policy -> {
            Peer demanded =
                    new Peer(peer.host(), peer.port(), Policies.names(terms.nextHop(), monitored, target.host()));
            client.wouldFail(policy, wire.tls(), demanded).ifPresent(reason -> {
                statistics.wouldHaveFailed(policy, reason);
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The policy of {0}, which only watches, would not have sent to {1}: {2}.",
                        policy.domain(),
                        target,
                        reason.sentence());
            });
        });
    }

    private static Optional<TlsFailure> tlsFailure(Throwable thrown) {
        return cause(thrown) instanceof MailDeliveryException failed ? failed.tlsFailure() : Optional.empty();
    }

    private static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private CompletableFuture<Void> greeted(Wire wire, Openings.Place place) {
        return wire.fly(Flight.awaiting(timeouts.greeting())).thenCompose(replies -> {
            Reply greeting = replies.get(0);
            if (place.lostTo().isPresent()) {
                return CompletableFuture.failedFuture(
                        new Crowded(target, place.lostTo().get()));
            }
            if (greeting.code() == CLOSING && !wire.wasDismissed()) {
                place.leave();
                client.dead().failed(target.address());
                return CompletableFuture.failedFuture(new Unreachable(
                        target + " did not greet: " + greeting.text() + ".", greeting.enhancedStatus(), null));
            }
            place.greeted();
            client.dead().alive(target.address());
            return greeting.code() == READY ? done() : failed(target + " did not greet", greeting);
        });
    }

    private CompletableFuture<Void> hello(Wire wire) {
        boolean isLmtp = terms.nextHop().way() == NextHop.Way.LMTP;
        String command = isLmtp ? Commands.lhlo(hostName) : Commands.ehlo(hostName);
        return wire.fly(Flight.of(timeouts.command(), command)).thenCompose(replies -> {
            Reply reply = replies.get(0);
            if (reply.isPositive()) {
                wire.learned(Features.of(reply).without(ignored()));
                return done();
            }
            boolean isUnknown = reply.isNegative() && !reply.isTemporary() && !isLmtp;
            return isUnknown ? oldHello(wire) : failed(target + " refused " + command.substring(0, 4), reply);
        });
    }

    private Set<String> ignored() {
        return terms.decision().policy().map(Policy::ignoredExtensions).orElse(Set.of());
    }

    /** For servers from before 1995 (RFC 5321 section 3.2). */
    private CompletableFuture<Void> oldHello(Wire wire) {
        Flight helo = Flight.of(timeouts.command(), Commands.helo(hostName));
        return wire.fly(helo).thenCompose(replies -> {
            wire.learned(Features.NONE);
            return replies.get(0).isPositive() ? done() : failed(target + " refused HELO", replies.get(0));
        });
    }

    private CompletableFuture<Void> secure(Wire wire, Mode mode) {
        if (!wire.features().offers(Feature.STARTTLS)) {
            return inClear(TlsFailure.NOT_OFFERED, null);
        }
        return wire.fly(Flight.of(timeouts.command(), Commands.STARTTLS)).thenCompose(replies -> {
            Reply reply = replies.get(0);
            if (reply.code() == READY) {
                return handshake(wire, mode);
            }
            boolean canGoOn = reply.isNegative() && reply.code() != CLOSING;
            if (canGoOn || !terms.level().allowsClearText()) {
                return inClear(TlsFailure.REFUSED, reply);
            }
            return failed(target + " did not answer STARTTLS as it should", reply);
        });
    }

    /** Goes on in clear on the same connection, if the level allows it. */
    private CompletableFuture<Void> inClear(TlsFailure reason, Reply reply) {
        if (terms.level().allowsClearText()) {
            return done();
        }
        return tlsFailed(reason, reply == null ? "" : " (" + reply + ")", null);
    }

    private CompletableFuture<Void> handshake(Wire wire, Mode mode) {
        if (wire.hasMore()) {
            return tlsFailed(TlsFailure.INJECTED, "", null);
        }
        SslHandler handler = mode == Mode.TLS
                ? tls.newHandler(wire.allocator(), peer)
                : tls.newHandlerWithoutHybrid(wire.allocator(), peer);
        if (mode == Mode.TLS && watchers.isEmpty()) {
            tls.foresee(handler, peer);
        }
        CompletableFuture<Void> ended = wire.startTls(handler);
        watchers.ifPresent(watcher -> wire.watch(watcher.get()));
        return ended.exceptionallyCompose(cause -> tlsFailed(reason(cause), detail(cause), cause))
                .thenCompose(ignored -> verified(wire, tls.describe(handler.engine(), peer)))
                .thenCompose(ignored -> hello(wire));
    }

    /** A handshake with an unverified peer fails by itself, but a resumed session has no verification of its own. */
    private CompletableFuture<Void> verified(Wire wire, TlsSession session) {
        boolean isUnproven = terms.level() == ClientLevel.REQUIRE_AND_VERIFY && !session.isVerified();
        if (isUnproven || session.failure().isPresent()) {
            return tlsFailed(session.failure().orElse(TlsFailure.UNTRUSTED), "", null);
        }
        wire.secured(session);
        return done();
    }

    /** Text instead of a TLS record comes from somebody who wants it taken for what the server says under TLS. */
    private static TlsFailure reason(Throwable cause) {
        return cause instanceof NotSslRecordException ? TlsFailure.INJECTED : Failures.reasonOf(cause);
    }

    private static String detail(Throwable cause) {
        if (cause instanceof NotSslRecordException) {
            // Its message shows all of the text in hexadecimal, which helps nobody.
            return "";
        }
        return cause instanceof ClosedChannelException
                ? " (the server closed the connection)"
                : " (" + Failures.describe(cause) + ")";
    }

    private <T> CompletableFuture<T> tlsFailed(TlsFailure reason, String detail, Throwable cause) {
        String sentence = "TLS with " + target + " could not be had: " + reason.sentence() + detail + "; "
                + terms.decision().decider() + " says " + tls.level()
                + (terms.level() == tls.level() ? "" : ", taken for " + terms.level() + " as somebody is named") + ".";
        Reply reply = OwnVerdict.reply(NO_TLS, reason.enhancedStatus(), sentence);
        return CompletableFuture.failedFuture(new MailDeliveryException(sentence, reply, reason, cause));
    }

    private static <T> CompletableFuture<T> failed(String what, Reply reply) {
        Reply verdict = reply.isNegative() ? reply : new Reply(451, "4.5.0", "The server answered " + reply);
        return CompletableFuture.failedFuture(new MailDeliveryException(what + ": " + verdict, verdict, null, null));
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
