package org.postern.tls;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.Entry;

/** Makes what is in force towards those who send to us, and proves it. */
record ServerFactory(CertificateStore store, TrustFolder trust, Engine engine, Clock clock, Contexts contexts) {

    /**
     * Makes a new one.
     *
     * @throws IllegalStateException with a full sentence, if it cannot be made or does not work
     */
    ServerTls make(ServerPolicy policy, Optional<LiveCertificate> before) {
        Entry entry = store.load(
                policy.alias().orElseThrow(() -> new IllegalStateException("There is no active server certificate.")));
        ClientVerifier verifier = verifier(policy, asksForCertificates(policy) ? trust.own() : Set.of());
        try {
            SslContext context = context(policy, entry, verifier);
            var made = new ServerTls(policy, verifier, Optional.of(context), Optional.of(live(entry, before)));
            contexts.own(made, context);
            prove(made);
            return made;
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "TLS with the certificate " + entry + " does not work: " + e.getMessage() + ".", e);
        }
    }

    /** {@return one that demands what the policy says, with which TLS cannot be had} */
    ServerTls unusable(ServerPolicy policy) {
        return new ServerTls(policy, verifier(policy, Set.of()), Optional.empty(), Optional.empty());
    }

    private SslContext context(ServerPolicy policy, Entry entry, ClientVerifier verifier) throws SSLException {
        boolean obstacle = policy.clientCertificate() == ClientCertificate.REQUIRE;
        PeerTrustManager.Check check = obstacle ? (chain, host) -> verifier.verify(chain) : PeerTrustManager.Check.NONE;
        SslContext context = engine.configure(SslContextBuilder.forServer(entry.key(), entry.chain()), true)
                .protocols(policy.protocols())
                .clientAuth(clientAuth(policy))
                .trustManager(new PeerTrustManager(check))
                .build();
        engine.allowTickets(context);
        return context;
    }

    private void prove(ServerTls made) throws SSLException {
        SslContext peer = engine.configure(SslContextBuilder.forClient(), true)
                .trustManager(new PeerTrustManager(PeerTrustManager.Check.NONE))
                .endpointIdentificationAlgorithm(null)
                .build();
        SSLEngine client = peer.newEngine(UnpooledByteBufAllocator.DEFAULT);
        SSLEngine server = made.newEngine(UnpooledByteBufAllocator.DEFAULT);
        try {
            // Proven is our own side; a certificate of the client is not at hand.
            server.setNeedClientAuth(false);
            new Rehearsal(client, server).run();
        } finally {
            ReferenceCountUtil.release(client);
            ReferenceCountUtil.release(server);
            ReferenceCountUtil.release(peer);
        }
    }

    private ClientVerifier verifier(ServerPolicy policy, Set<java.security.cert.X509Certificate> anchors) {
        return new ClientVerifier(new PeerChain(anchors, PeerChain.Purpose.CLIENT, clock), policy.allowedClients());
    }

    private LiveCertificate live(Entry entry, Optional<LiveCertificate> before) {
        return before.filter(live ->
                        live.alias().equals(entry.alias()) && live.certificate().equals(entry.certificate()))
                .orElseGet(() -> new LiveCertificate(entry.alias(), entry.certificate(), clock.instant()));
    }

    private static boolean asksForCertificates(ServerPolicy policy) {
        return policy.clientCertificate() != ClientCertificate.DO_NOT_REQUEST;
    }

    private static ClientAuth clientAuth(ServerPolicy policy) {
        return switch (policy.clientCertificate()) {
            case DO_NOT_REQUEST -> ClientAuth.NONE;
            case REQUEST -> ClientAuth.OPTIONAL;
            case REQUIRE -> ClientAuth.REQUIRE;
        };
    }
}
