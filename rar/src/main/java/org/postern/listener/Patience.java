package org.postern.listener;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.postern.administration.Setting;
import org.postern.administration.SettingValues;
import org.postern.smtp.server.Phase;
import org.postern.smtp.server.Session;

/**
 * How long a session is waited for in each phase. What counts is the time to the whole of what is waited for, say a command line:
 * octets that drop in one by one buy none. A limit that is changed holds for what is waited for already, too: {@link #lookAgain}.
 */
final class Patience {

    /** Clients wait five minutes for the reply to RCPT (RFC 5321 section 4.5.3.2.3), half of what they wait for that to data. */
    private static final Duration RECIPIENT_CHECK = Duration.ofMinutes(4);

    private static final Set<Setting<?>> LIMITS = Set.of(
            ListenerSettings.IDLE_TIMEOUT,
            LimitSettings.DELIVERY_TIMEOUT,
            LimitSettings.CONTENT_IDLE_TIMEOUT,
            LimitSettings.MIN_DATA_RATE,
            LimitSettings.MAX_DATA_TIME);

    private final SettingValues settings;
    private final Watch watch;
    private boolean waits;
    private long since;
    /** Of the message whose content comes: of all its chunks together, however many and with whatever between them. */
    private Pace pace;

    /**
     * Makes one.
     *
     * @param settings the limits
     * @param executor of the connection
     * @param overdue is told the name of the limit that was passed
     */
    Patience(SettingValues settings, EventExecutor executor, Consumer<String> overdue) {
        this.settings = settings;
        this.watch = new Watch(executor, overdue);
    }

    /** {@return whether it goes by a setting} */
    static boolean goesBy(Setting<?> setting) {
        return LIMITS.contains(setting);
    }

    /** Begins to wait for what a session waits for. */
    void await(Session session) {
        waits = true;
        since = watch.now();
        if (!session.isReceiving() && session.phase() != Phase.CHUNK) {
            pace = null;
        }
        if (session.phase() == Phase.CONTENT || session.phase() == Phase.CHUNK) {
            if (pace == null) {
                pace = new Pace(settings, since);
            }
            pace.came(0, since);
        }
        set(session);
    }

    /** A limit was changed: a wait goes by it from its beginning on. Where there is none, none begins. */
    void lookAgain(Session session) {
        if (pace != null) {
            pace.read(settings);
        }
        if (waits) {
            set(session);
        }
    }

    private void set(Session session) {
        switch (session.phase()) {
            case COMMAND -> set(ListenerSettings.IDLE_TIMEOUT, null);
            case RECIPIENT_CHECK -> set(LimitSettings.DELIVERY_TIMEOUT, RECIPIENT_CHECK);
            case DELIVERY -> set(LimitSettings.DELIVERY_TIMEOUT, null);
            case CONTENT, CHUNK -> pace.set(watch);
            // The handshake has a time of its own.
            case HANDSHAKE, CLOSED -> watch.stop();
        }
    }

    private void set(Setting<Duration> setting, Duration most) {
        Duration bound = settings.get(setting);
        watch.await(since, most != null && bound.compareTo(most) > 0 ? most : bound, setting.name());
    }

    /** Content came. */
    void contentCame(int octets) {
        pace.came(octets, watch.now());
        pace.set(watch);
    }

    void stop() {
        waits = false;
        watch.stop();
    }
}
