package org.postern.listener;

import java.net.InetSocketAddress;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.postern.administration.SettingValues;
import org.postern.content.Spool;
import org.postern.smtp.server.SessionFacts;
import org.postern.tls.ServerLevel;
import org.postern.tls.ServerTls;

/**
 * What all connections of the listener share. TLS and what EHLO announces are read when a session begins, and
 * hold for all of it; limits are read when they are asked for.
 *
 * @param environment settings, TLS and the like
 * @param deliveries what becomes of mail
 * @param spool where content goes
 * @param statistics counts
 * @param ids gives identifiers
 * @param door lets sessions in
 */
record Reception(
        Listener.Environment environment,
        Deliveries deliveries,
        Spool spool,
        Statistics statistics,
        MessageIds ids,
        Door door) {

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
                settings().get(LimitSettings.MAX_RECIPIENTS));
    }

    BareNewline bareNewline(InetSocketAddress peer) {
        Optional<BareNewline> chosen = settings().get(ListenerSettings.BARE_NEWLINE);
        return chosen.orElseGet(() -> isTrusted(peer) ? BareNewline.NORMALIZE : BareNewline.REJECT);
    }

    /** {@return whether a peer is in the trusted networks} */
    boolean isTrusted(InetSocketAddress peer) {
        return environment.trusted().test(peer);
    }

    /** {@return whether a connection from there begins with a PROXY protocol header} */
    boolean isProxy(InetSocketAddress address) {
        for (Network network : settings().get(LimitSettings.PROXY_NETWORKS)) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
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
