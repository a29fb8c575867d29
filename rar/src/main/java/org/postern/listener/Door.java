package org.postern.listener;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.postern.Reply;
import org.postern.administration.Setting;
import org.postern.administration.SettingValues;
import org.postern.listener.Visitors.Visitor;

/** Decides who may come in: by the number of sessions, by what one address may take, and whether the listener is paused. */
final class Door {

    private static final Reply PAUSED =
            new Reply(421, "4.3.2", "This server takes no mail at present; try again later");
    private static final Reply FULL = new Reply(421, "4.3.2", "Too many sessions; try again later");
    private static final Reply FULL_FOR_YOU =
            new Reply(421, "4.7.0", "Too many sessions from your address; try again later");
    private static final Reply TOO_OFTEN =
            new Reply(421, "4.7.0", "Too many new sessions from your address; try again later");
    private static final Reply TOO_MANY_MESSAGES =
            new Reply(450, "4.7.1", "Too many messages from your address; try again later");

    /** How many are turned away with words at once: saying so takes time, and over implicit TLS a handshake. */
    private static final int MOST_TOLD = 256;

    private static final int MOST_ABSENT = 16_384;

    private final SettingValues settings;
    private final Predicate<InetSocketAddress> trusted;
    private final Statistics statistics;
    private final LongSupplier nanoTime;
    private final Visitors visitors = new Visitors(MOST_ABSENT);
    private int inside;
    private int turnedAway;
    private volatile boolean paused;

    Door(SettingValues settings, Predicate<InetSocketAddress> trusted, Statistics statistics, LongSupplier nanoTime) {
        this.settings = settings;
        this.trusted = trusted;
        this.statistics = statistics;
        this.nanoTime = nanoTime;
    }

    /** A session, from the door's side. It must leave once. */
    final class Visit {

        private final Optional<Visitor> visitor;
        private final Optional<Reply> refusal;

        private Visit(Optional<Visitor> visitor, Optional<Reply> refusal) {
            this.visitor = visitor;
            this.refusal = refusal;
        }

        /** {@return why it may not come in; empty if it may} */
        Optional<Reply> refusal() {
            return refusal;
        }

        /** {@return why no message may be begun now; empty if one may, which is counted} */
        Optional<Reply> message() {
            return countMessage(visitor);
        }

        void leave() {
            left(this);
        }
    }

    /**
     * Lets a session in or turns it away.
     *
     * @return empty if it is to be turned away without a word
     */
    Optional<Visit> enter(InetSocketAddress peer) {
        Optional<Origin> origin = trusted.test(peer) ? Optional.empty() : Optional.of(Origin.of(peer.getAddress()));
        return enter(origin);
    }

    private synchronized Optional<Visit> enter(Optional<Origin> origin) {
        Optional<Visitor> visitor = origin.map(visitors::find);
        Optional<Reply> refusal = refusal(visitor);
        if (refusal.isEmpty()) {
            inside++;
            visitor.ifPresent(visitors::enter);
        } else if (turnedAway >= MOST_TOLD) {
            return Optional.empty();
        } else {
            turnedAway++;
        }
        return Optional.of(new Visit(visitor, refusal));
    }

    private Optional<Reply> refusal(Optional<Visitor> visitor) {
        if (paused) {
            return Optional.of(PAUSED);
        }
        if (isReached(LimitSettings.MAX_SESSIONS, inside)) {
            return over(LimitSettings.MAX_SESSIONS, FULL);
        }
        return visitor.flatMap(this::refusal);
    }

    private Optional<Reply> refusal(Visitor visitor) {
        if (isReached(LimitSettings.MAX_SESSIONS_PER_ADDRESS, visitor.sessions())) {
            return over(LimitSettings.MAX_SESSIONS_PER_ADDRESS, FULL_FOR_YOU);
        }
        int rate = settings.get(LimitSettings.MAX_NEW_SESSIONS_PER_MINUTE);
        if (rate > 0 && !visitor.sessionsBegun.take(rate, nanoTime.getAsLong())) {
            return over(LimitSettings.MAX_NEW_SESSIONS_PER_MINUTE, TOO_OFTEN);
        }
        return Optional.empty();
    }

    private Optional<Reply> countMessage(Optional<Visitor> visitor) {
        int rate = settings.get(LimitSettings.MAX_MESSAGES_PER_MINUTE);
        if (rate == 0 || visitor.isEmpty()) {
            return Optional.empty();
        }
        synchronized (this) {
            return visitor.get().messagesBegun.take(rate, nanoTime.getAsLong())
                    ? Optional.empty()
                    : over(LimitSettings.MAX_MESSAGES_PER_MINUTE, TOO_MANY_MESSAGES);
        }
    }

    private synchronized void left(Visit visit) {
        if (visit.refusal.isPresent()) {
            turnedAway--;
        } else {
            inside--;
            visit.visitor.ifPresent(visitor -> visitors.leave(visitor, nanoTime.getAsLong()));
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    boolean isPaused() {
        return paused;
    }

    private boolean isReached(Setting<Integer> setting, int number) {
        int limit = settings.get(setting);
        return limit > 0 && number >= limit;
    }

    private Optional<Reply> over(Setting<?> limit, Reply reply) {
        statistics.countLimit(limit.name());
        return Optional.of(reply);
    }
}
