package org.postern.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.certificate.Entry;

/**
 * What TLS is in force towards those we send to. Immutable: a connection takes it when it begins and keeps it.
 *
 * <p>Sessions are resumed per host and port, within this object only: none that was made under other demands.
 */
public final class ClientTls {

    private final ClientPolicy policy;
    private final ClientContext context;
    private final KnownChains chains = new KnownChains();

    ClientTls(ClientPolicy policy, ClientContext context) {
        this.policy = policy;
        this.context = context;
    }

    /** {@return the alias of the certificate that is shown to servers that ask for one} */
    public Optional<String> certificate() {
        return context.shown().map(Entry::alias);
    }

    /** {@return the protocol versions that are accepted} */
    public List<String> protocols() {
        return policy.terms().protocols();
    }

    /** {@return what is demanded} */
    public ClientLevel level() {
        return policy.level();
    }

    /**
     * Makes the handler that does TLS for one connection. Its handshake fails after the time set for it, and, where the level
     * asks for verification, if the peer does not verify: {@link Failures#reasonOf} tells why.
     *
     * @param allocator the connection's allocator
     * @param peer who the peer must be
     * @return a new handler, for the head of the pipeline
     */
    public SslHandler newHandler(ByteBufAllocator allocator, Peer peer) {
        return newHandler(context.ssl(), allocator, peer);
    }

    /**
     * Leaves out of the hello what this peer did not take within the last hour: post-quantum key exchange, where it took a classic
     * one. Not for those who want to know what a peer would choose.
     *
     * @param handler a new handler
     * @param peer who the peer must be
     */
    public void foresee(SslHandler handler, Peer peer) {
        context.shares().foresee(handler.engine(), peer);
    }

    SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
        return newHandler(allocator, Peer.of(host, port));
    }

    /**
     * {@return whether the hello is long, as it offers post-quantum key exchange; where a peer breaks on that, the handshake is
     * tried once without}
     */
    public boolean offersHybrid() {
        return context.classic().isPresent();
    }

    /**
     * As {@link #newHandler}, without post-quantum key exchange. Demands on the peer are the same.
     *
     * @param allocator the connection's allocator
     * @param peer who the peer must be
     * @return a new handler, for the head of the pipeline
     */
    public SslHandler newHandlerWithoutHybrid(ByteBufAllocator allocator, Peer peer) {
        return newHandler(context.classic().orElse(context.ssl()), allocator, peer);
    }

    SslHandler newHandlerWithoutHybrid(ByteBufAllocator allocator, String host, int port) {
        return newHandlerWithoutHybrid(allocator, Peer.of(host, port));
    }

    /**
     * Tells the facts of a session. The peer is verified again where anything is demanded of it, as a resumed session has no
     * verification of its own: whoever demands a verified peer looks at {@link TlsSession#isVerified()}, and at
     * {@link TlsSession#failure()} at every level, as a pinned key is demanded without the rest.
     *
     * @param engine the engine, after its handshake and before it is closed
     * @param peer who the peer must be
     * @return the facts
     */
    public TlsSession describe(SSLEngine engine, Peer peer) {
        context.shares().learn(engine, peer);
        SSLSession session = engine.getSession();
        Optional<String> serverName = serverName(engine.getPeerHost());
        var chain = chains.known(Sessions.peerChain(session));
        if (chain.isEmpty() || context.check().checksNothing()) {
            return Sessions.unchecked(session, chain, serverName);
        }
        Optional<TlsFailure> failure = context.check().recall(chain, peer);
        // A pinned key alone proves neither name nor validity.
        return policy.verifies() || failure.isPresent()
                ? Sessions.checked(session, chain, failure, serverName)
                : Sessions.unchecked(session, chain, serverName);
    }

    TlsSession describe(SSLEngine engine) {
        return describe(engine, Peer.of(engine.getPeerHost(), engine.getPeerPort()));
    }

    /**
     * Judges by these settings a session that was made under others.
     *
     * @param session the session; empty for none
     * @param peer who the peer must be
     * @return why these settings would not have let it be; empty if they would
     */
    public Optional<TlsFailure> judge(Optional<TlsSession> session, Peer peer) {
        if (level().allowsClearText()) {
            return Optional.empty();
        }
        if (session.isEmpty()) {
            return Optional.of(TlsFailure.NOT_OFFERED);
        }
        TlsSession made = session.get();
        return policy.terms().protocols().contains(made.protocol())
                ? context.check().judge(made.peerChain(), peer)
                : Optional.of(TlsFailure.PROTOCOL);
    }

    ClientPolicy policy() {
        return policy;
    }

    ClientContext context() {
        return context;
    }

    /** {@return whether a certificate is active and yet not shown} */
    boolean lacks(String alias) {
        return policy.terms().certificate().filter(alias::equals).isPresent()
                && context.shown().isEmpty();
    }

    /** {@return the same contexts under settings that do not concern them} */
    ClientTls under(ClientPolicy other) {
        return other.equals(policy) ? this : new ClientTls(other, context);
    }

    private SslHandler newHandler(SslContext chosen, ByteBufAllocator allocator, Peer peer) {
        try {
            SslHandler handler = context.newHandler(chosen, allocator, peer.host(), peer.port());
            context.expected().expect(handler.engine(), peer);
            handler.setHandshakeTimeout(policy.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return handler;
        } finally {
            // The context is released once this object cannot be reached.
            Reference.reachabilityFence(this);
        }
    }

    /** Addresses and names of one label are not sent (RFC 6066 section 3). */
    private static Optional<String> serverName(String host) {
        boolean name = host.indexOf('.') > 0 && io.netty.util.NetUtil.createByteArrayFromIpAddressString(host) == null;
        return name ? Optional.of(host) : Optional.empty();
    }
}
