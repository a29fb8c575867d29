package org.postern.tls;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;

/**
 * Who is expected at the other end of an engine. An engine itself keeps one host name, which is the one that is told to the
 * server, and not the names that its certificate must be for.
 */
final class Expected {

    private final Map<SSLEngine, Peer> byEngine = Collections.synchronizedMap(new WeakHashMap<>());

    void expect(SSLEngine engine, Peer peer) {
        byEngine.put(engine, peer);
    }

    /** {@return who was said to be expected, else the engine's own host} */
    Peer of(SSLEngine engine) {
        Peer peer = byEngine.get(engine);
        return peer != null ? peer : Peer.of(String.valueOf(engine.getPeerHost()), Math.max(1, engine.getPeerPort()));
    }
}
