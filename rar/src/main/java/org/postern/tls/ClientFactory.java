package org.postern.tls;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.postern.TlsFailure;
import org.postern.certificate.Entry;
import org.postern.certificate.SelfSigned;

/** Makes what is in force towards those we send to, and proves it. */
record ClientFactory(TrustFolder trust, Engine engine, Clock clock, Contexts contexts) {

    private static final String PEER = "rehearsal.invalid";

    /**
     * Makes a new one.
     *
     * @throws IllegalStateException with a full sentence, if it cannot be made or does not work
     */
    ClientTls make(ClientPolicy policy) {
        PeerTrustManager.Check check = policy.verifies() ? verification() : PeerTrustManager.Check.NONE;
        try {
            SslContext context = context(policy, check, true);
            Optional<SslContext> classic =
                    engine.hasHybrid() ? Optional.of(context(policy, check, false)) : Optional.empty();
            var made = new ClientTls(policy, check, context, classic);
            contexts.own(made, context);
            classic.ifPresent(other -> contexts.own(made, other));
            prove(made);
            return made;
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalStateException("TLS towards next hops does not work: " + e.getMessage() + ".", e);
        }
    }

    private PeerTrustManager.Check verification() {
        var chain = new PeerChain(trust.ownAndPlatform(), PeerChain.Purpose.SERVER, clock);
        return (shown, host) -> chain.verify(shown).or(() -> nameFailure(shown.get(0), host));
    }

    private static Optional<TlsFailure> nameFailure(X509Certificate certificate, String host) {
        boolean matches = host != null && PeerName.matches(certificate, host);
        return matches ? Optional.empty() : Optional.of(TlsFailure.NAME_MISMATCH);
    }

    private SslContext context(ClientPolicy policy, PeerTrustManager.Check check, boolean hybrid) throws SSLException {
        return engine.configure(SslContextBuilder.forClient(), hybrid)
                .protocols(policy.protocols())
                .trustManager(new PeerTrustManager(check))
                // Names are the check's business: Netty's own would also look at levels that do not verify.
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    private void prove(ClientTls made) throws SSLException {
        Entry entry = new SelfSigned(clock).make("rehearsal", List.of(PEER));
        SslContext peer = engine.configure(SslContextBuilder.forServer(entry.key(), entry.chain()), true)
                .build();
        SSLEngine client = made.newEngine(UnpooledByteBufAllocator.DEFAULT, PEER, 25);
        SSLEngine server = peer.newEngine(UnpooledByteBufAllocator.DEFAULT);
        try {
            new Rehearsal(client, server).run();
        } catch (SSLException e) {
            // Where peers are verified, refusing a stranger is what has to be proven.
            if (!made.policy().verifies() || Failures.reasonOf(e) != TlsFailure.UNTRUSTED) {
                throw e;
            }
        } finally {
            ReferenceCountUtil.release(client);
            ReferenceCountUtil.release(server);
            ReferenceCountUtil.release(peer);
        }
    }
}
