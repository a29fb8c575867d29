package org.postern.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.internal.tcnative.SSL;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;

/**
 * For which groups a hello has keys (RFC 8446 section 4.2.8). BoringSSL makes two, for post-quantum key exchange and for a classic
 * group, which is a good part of what a handshake costs this side, and has to do with one. A server that took a classic group
 * although it was offered the better one is offered the classic ones only, for an hour, beginning with its own: no key is made for
 * nothing then, nor is a round trip lost on a server that takes neither of the two. The first hello after that hour is a whole
 * one again, as servers learn.
 */
final class KeyShares {

    private static final int MOST_REMEMBERED = 1_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final InstantSource clock;
    private final Recent<Server, Choice> choices = new Recent<>(MOST_REMEMBERED);

    private record Server(String host, int port) {}

    private record Choice(String group, Instant until) {}

    KeyShares(InstantSource clock) {
        this.clock = clock;
    }

    /** To be called before the handshake. */
    void foresee(SSLEngine engine, Peer peer) {
        if (engine instanceof ReferenceCountedOpenSslEngine boringSsl) {
            known(peer).ifPresent(group -> SSL.setCurvesList(boringSsl.sslPointer(), order(group)));
        }
    }

    /** To be called after the handshake. */
    void learn(SSLEngine engine, Peer peer) {
        if (engine instanceof ReferenceCountedOpenSslEngine boringSsl
                && known(peer).isEmpty()) {
            String group = group(boringSsl);
            if (Engine.CLASSIC_GROUPS.contains(group)) {
                choices.put(
                        new Server(peer.host(), peer.port()),
                        new Choice(group, clock.instant().plus(REMEMBERED)));
            }
        }
    }

    private Optional<String> known(Peer peer) {
        return choices.find(new Server(peer.host(), peer.port()))
                .filter(choice -> clock.instant().isBefore(choice.until()))
                .map(Choice::group);
    }

    /** BoringSSL has a key for the first. */
    private static String[] order(String first) {
        return Stream.concat(Stream.of(first), Engine.CLASSIC_GROUPS.stream().filter(group -> !group.equals(first)))
                .toArray(String[]::new);
    }

    @SuppressWarnings("checkstyle:IllegalCatch") // what the native method declares
    private static String group(ReferenceCountedOpenSslEngine engine) {
        try {
            return SSL.getGroupName(engine.sslPointer());
        } catch (Exception e) {
            // What cannot be told is not learnt; the next hello is a whole one.
            return "";
        }
    }
}
