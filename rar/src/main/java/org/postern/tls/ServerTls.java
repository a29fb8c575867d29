package org.postern.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.lang.ref.Reference;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.postern.TlsSession;

/**
 * What TLS is in force towards those who send to us. Immutable: a session takes it when it begins and keeps it, so that it ends
 * under the rules under which it began.
 */
public final class ServerTls {

    private final ServerPolicy policy;
    private final ClientVerifier verifier;
    private final Optional<SslContext> context;
    private final Optional<LiveCertificate> certificate;

    ServerTls(
            ServerPolicy policy,
            ClientVerifier verifier,
            Optional<SslContext> context,
            Optional<LiveCertificate> certificate) {
        this.policy = policy;
        this.verifier = verifier;
        this.context = context;
        this.certificate = certificate;
    }

    /** {@return what is demanded} */
    public ServerLevel level() {
        return policy.level();
    }

    /** {@return whether a certificate is demanded} */
    public ClientCertificate clientCertificate() {
        return policy.clientCertificate();
    }

    /** {@return whether TLS can be had: if not, STARTTLS is answered 454 4.7.0, and the level stays what it is} */
    public boolean isUsable() {
        return context.isPresent();
    }

    /** {@return the certificate that is shown; empty where TLS cannot be had} */
    public Optional<LiveCertificate> certificate() {
        return certificate;
    }

    /**
     * Makes the handler that does TLS for one connection. Its handshake fails after the time set for it.
     *
     * @param allocator the connection's allocator
     * @return a new handler, for the head of the pipeline
     * @throws IllegalStateException if TLS cannot be had
     */
    public SslHandler newHandler(ByteBufAllocator allocator) {
        try {
            SslHandler handler = usable().newHandler(allocator);
            handler.setHandshakeTimeout(policy.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return handler;
        } finally {
            // The context is released once this object cannot be reached.
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Tells the facts of a session. What the client showed is verified again, as a resumed session has no verification of its
     * own.
     *
     * @param engine the engine, after its handshake and before it is closed
     * @return the facts
     */
    public TlsSession describe(SSLEngine engine) {
        SSLSession session = engine.getSession();
        var chain = Sessions.peerChain(session);
        return chain.isEmpty()
                ? Sessions.unchecked(session, Sessions.serverName(session))
                : Sessions.checked(session, verifier.verify(chain), Sessions.serverName(session));
    }

    SSLEngine newEngine(ByteBufAllocator allocator) {
        try {
            return usable().newEngine(allocator);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    ServerPolicy policy() {
        return policy;
    }

    private SslContext usable() {
        return context.orElseThrow(() -> new IllegalStateException("There is no usable server certificate."));
    }
}
