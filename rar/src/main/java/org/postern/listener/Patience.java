package org.postern.listener;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.function.Consumer;
import org.postern.administration.Setting;
import org.postern.administration.SettingValues;
import org.postern.smtp.server.Phase;
import org.postern.smtp.server.Session;

/**
 * How long a session is waited for in each phase. What counts is the time to the whole of what is waited for, say a command line:
 * octets that drop in one by one buy none.
 */
final class Patience {

    /** Clients wait five minutes for the reply to RCPT (RFC 5321 section 4.5.3.2.3), half of what they wait for that to data. */
    private static final Duration RECIPIENT_CHECK = Duration.ofMinutes(4);

    private final SettingValues settings;
    private final Watch watch;
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

    /** Begins to wait for what a session waits for. */
    void await(Session session) {
        if (!session.isReceiving() && session.phase() != Phase.CHUNK) {
            pace = null;
        }
        switch (session.phase()) {
            case COMMAND -> await(ListenerSettings.IDLE_TIMEOUT, null);
            case RECIPIENT_CHECK -> await(LimitSettings.DELIVERY_TIMEOUT, RECIPIENT_CHECK);
            case DELIVERY -> await(LimitSettings.DELIVERY_TIMEOUT, null);
            case CONTENT, CHUNK -> {
                long now = watch.now();
                if (pace == null) {
                    pace = new Pace(settings, now);
                }
                pace.came(0, now, watch);
            }
            // The handshake has a time of its own.
            case HANDSHAKE, CLOSED -> watch.stop();
        }
    }

    private void await(Setting<Duration> setting, Duration most) {
        Duration bound = settings.get(setting);
        watch.await(most != null && bound.compareTo(most) > 0 ? most : bound, setting.name());
    }

    /** Content came. */
    void contentCame(int octets) {
        pace.came(octets, watch.now(), watch);
    }

    void stop() {
        watch.stop();
    }
}
