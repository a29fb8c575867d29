package org.postern.listener;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.postern.administration.SettingValues;
import org.postern.content.Spool;
import org.postern.smtp.server.SessionFacts;
import org.postern.tls.ServerLevel;
import org.postern.tls.ServerTls;

/**
 * What all connections of the listener share. Settings are read when a session begins, and hold for all of it.
 *
 * @param environment settings, TLS and the like
 * @param deliveries what becomes of mail
 * @param spool where content goes
 * @param statistics counts
 * @param ids gives identifiers
 */
record Reception(
        Listener.Environment environment, Deliveries deliveries, Spool spool, Statistics statistics, MessageIds ids) {

    Journal journal() {
        return new Journal(statistics);
    }

    SettingValues settings() {
        return environment.settings();
    }

    ServerTls tls() {
        return environment.tls().get();
    }

    SessionFacts facts(InetSocketAddress peer, ServerTls snapshot) {
        return new SessionFacts(
                ids.next(),
                peer,
                environment.hostName(),
                starttls(snapshot),
                snapshot.level() == ServerLevel.REQUIRE,
                settings().get(ListenerSettings.MAX_MESSAGE_SIZE),
                settings().get(ListenerSettings.MAX_RECIPIENTS));
    }

    BareNewline bareNewline(InetSocketAddress peer) {
        Optional<BareNewline> chosen = settings().get(ListenerSettings.BARE_NEWLINE);
        return chosen.orElseGet(() -> environment.trusted().test(peer) ? BareNewline.NORMALIZE : BareNewline.REJECT);
    }

    Duration idleTimeout() {
        return settings().get(ListenerSettings.IDLE_TIMEOUT);
    }

    ZonedDateTime now() {
        return ZonedDateTime.now(environment.clock());
    }

    private static SessionFacts.Starttls starttls(ServerTls snapshot) {
        if (snapshot.level() == ServerLevel.NONE) {
            return SessionFacts.Starttls.NOT_OFFERED;
        }
        return snapshot.isUsable() ? SessionFacts.Starttls.AVAILABLE : SessionFacts.Starttls.UNAVAILABLE;
    }
}
