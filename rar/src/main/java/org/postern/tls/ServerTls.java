package org.postern.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.lang.ref.Reference;
import java.util.List;
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
    private final Optional<ServerContext> context;
    private final RsaOnlyClients rsaOnly;

    ServerTls(ServerPolicy policy, Optional<ServerContext> context, RsaOnlyClients rsaOnly) {
        this.policy = policy;
        this.context = context;
        this.rsaOnly = rsaOnly;
    }

    /** {@return what is demanded} */
    public ServerLevel level() {
        return policy.level();
    }

    /** {@return whether a certificate is demanded} */
    public ClientCertificate clientCertificate() {
        return policy.terms().clientCertificate();
    }

    /** {@return whether TLS can be had: if not, STARTTLS is answered 454 4.7.0, and the level stays what it is} */
    public boolean isUsable() {
        return context.isPresent();
    }

    /** {@return the certificate that is shown where no other suits a client better; empty where TLS cannot be had} */
    public Optional<LiveCertificate> certificate() {
        return certificates().stream().findFirst();
    }

    /** {@return all certificates that are shown, the default first; empty where TLS cannot be had} */
    public List<LiveCertificate> certificates() {
        return context.map(ServerContext::live).orElse(List.of());
    }

    /**
     * Takes note of a handshake that failed. If it looks as if the client accepts other keys than those of our certificates,
     * that is counted and reported with advice.
     *
     * @param failure what the handshake's future or the pipeline reported
     */
    public void handshakeFailed(Throwable failure) {
        context.filter(used -> !used.keys().haveRsa())
                .ifPresent(used -> rsaOnly.failed(failure, used.live().get(0)));
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
        if (!policy.terms().asksForCertificates()) {
            // To ask the engine for what is not there would cost an exception with its whole stack.
            return Sessions.withoutCertificate(session, Sessions.serverName(session));
        }
        var chain = Sessions.peerChain(session);
        return chain.isEmpty()
                ? Sessions.withoutCertificate(session, Sessions.serverName(session))
                : Sessions.checked(session, chain, usable().verifier().recall(chain), Sessions.serverName(session));
    }

    ServerPolicy policy() {
        return policy;
    }

    Optional<ServerContext> context() {
        return context;
    }

    /** {@return whether a certificate is active and yet not shown} */
    boolean lacks(String alias) {
        return policy.terms().aliases().contains(alias) && context.stream().noneMatch(used -> used.shows(alias));
    }

    /** {@return the same context under settings that do not concern it} */
    ServerTls under(ServerPolicy other) {
        return other.equals(policy) ? this : new ServerTls(other, context, rsaOnly);
    }

    private ServerContext usable() {
        return context.orElseThrow(() -> new IllegalStateException("There is no usable server certificate."));
    }
}
