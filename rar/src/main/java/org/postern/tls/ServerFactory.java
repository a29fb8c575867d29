package org.postern.tls;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.Entry;

/** Makes contexts towards those who send to us, and proves them. */
record ServerFactory(CertificateStore store, Engine engine, Clock clock, Contexts contexts, Executor waiting) {

    /**
     * Makes a new one.
     *
     * @param terms what it is made from
     * @param anchors where chains of client certificates may end
     * @param before what was in force; a certificate that was not shown then need not be usable now
     * @throws IllegalStateException with a full sentence, if it cannot be made or does not work
     */
    ServerContext make(ServerPolicy.Terms terms, Anchors anchors, ServerTls before) {
        var missing = new LinkedHashMap<String, String>();
        List<Entry> entries = load(terms, before::lacks, missing);
        var certificates = new ServerCertificates(entries, clock);
        try {
            ServerContext made = make(terms, anchors, certificates, live(entries, before), missing);
            entries.forEach(entry -> prove(made, entry));
            return made;
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "TLS with the certificate " + entries.get(0) + " does not work: " + e.getMessage() + ".", e);
        }
    }

    /** {@return whether the store still gives what is shown, and no more; what it cannot give any more goes on being shown} */
    boolean isCurrent(ServerContext context) {
        return context.entries().stream()
                        .allMatch(shown -> find(shown.alias()).orElse(shown).equals(shown))
                && context.missing().keySet().stream()
                        .allMatch(alias -> find(alias).isEmpty());
    }

    private Optional<Entry> find(String alias) {
        try {
            return Optional.of(store.load(alias));
        } catch (IllegalStateException missing) {
            return Optional.empty();
        }
    }

    private List<Entry> load(ServerPolicy.Terms terms, Predicate<String> mayBeMissing, Map<String, String> missing) {
        if (terms.alias().isEmpty()) {
            throw new IllegalStateException("There is no active server certificate.");
        }
        var entries = new ArrayList<Entry>();
        for (String alias : terms.aliases()) {
            try {
                entries.add(store.load(alias));
            } catch (IllegalStateException e) {
                if (!mayBeMissing.test(alias)) {
                    throw e;
                }
                missing.put(alias, e.getMessage());
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalStateException(String.join(" ", missing.values()));
        }
        return entries;
    }

    private ServerContext make(
            ServerPolicy.Terms terms,
            Anchors anchors,
            ServerCertificates certificates,
            List<LiveCertificate> live,
            Map<String, String> missing)
            throws SSLException {
        var verifier = new ClientVerifier(
                new PeerChain(
                        terms.asksForCertificates() ? anchors.own() : Set.of(),
                        PeerChain.Purpose.CLIENT,
                        new Revocation(terms.revocation(), clock),
                        clock),
                terms.allowedClients());
        ServerKeys keys = engine.serverKeys(certificates);
        SslContext context;
        try {
            context = context(terms, keys, verifier);
        } catch (SSLException | IllegalArgumentException e) {
            keys.close();
            throw e;
        }
        var made = new ServerContext(
                terms.asksAuthorities() ? Optional.of(waiting) : Optional.empty(),
                context,
                keys,
                certificates.all(),
                verifier,
                live,
                missing);
        contexts.own(made, () -> {
            ReferenceCountUtil.release(context);
            keys.close();
        });
        return made;
    }

    private SslContext context(ServerPolicy.Terms terms, ServerKeys keys, ClientVerifier verifier) throws SSLException {
        SslContext context = engine.configure(SslContextBuilder.forServer(engine.keyManagers(keys)), true)
                .protocols(terms.protocols())
                .clientAuth(clientAuth(terms))
                .trustManager(new PeerTrustManager(check(terms, verifier)))
                .build();
        engine.allowTickets(context);
        return context;
    }

    private static PeerTrustManager.Check check(ServerPolicy.Terms terms, ClientVerifier verifier) {
        if (terms.clientCertificate() == ClientCertificate.REQUIRE) {
            return (chain, host) -> verifier.verify(chain);
        }
        return terms.asksAuthorities()
                ? (chain, host) -> {
                    // No obstacle; what it finds out is recalled when the facts of the session are told.
                    verifier.verify(chain);
                    return Optional.empty();
                }
                : PeerTrustManager.Check.NONE;
    }

    private void prove(ServerContext made, Entry entry) {
        try {
            rehearse(made, entry);
        } catch (SSLException e) {
            throw new IllegalStateException(
                    "TLS with the certificate " + entry + " does not work: " + e.getMessage() + ".", e);
        }
    }

    private void rehearse(ServerContext made, Entry entry) throws SSLException {
        SslContext peer = engine.configure(SslContextBuilder.forClient(), true)
                .trustManager(new PeerTrustManager(PeerTrustManager.Check.NONE))
                .endpointIdentificationAlgorithm(null)
                .build();
        SSLEngine client = peer.newEngine(UnpooledByteBufAllocator.DEFAULT);
        SSLEngine server = made.ssl().newEngine(UnpooledByteBufAllocator.DEFAULT);
        made.keys().rehearse(server, entry);
        try {
            // Proven is our own side; a certificate of the client is not at hand.
            server.setNeedClientAuth(false);
            new Rehearsal(client, server).run();
            if (!Sessions.peerChain(client.getSession()).equals(entry.chain())) {
                throw new SSLException("another certificate than " + entry + " was shown");
            }
        } finally {
            made.keys().rehearsed(server);
            ReferenceCountUtil.release(client);
            ReferenceCountUtil.release(server);
            ReferenceCountUtil.release(peer);
        }
    }

    private List<LiveCertificate> live(List<Entry> entries, ServerTls before) {
        return entries.stream()
                .map(entry -> before.certificates().stream()
                        .filter(live -> live.alias().equals(entry.alias())
                                && live.certificate().equals(entry.certificate()))
                        .findFirst()
                        .orElseGet(() -> new LiveCertificate(entry.alias(), entry.certificate(), clock.instant())))
                .toList();
    }

    private static ClientAuth clientAuth(ServerPolicy.Terms terms) {
        return switch (terms.clientCertificate()) {
            case DO_NOT_REQUEST -> ClientAuth.NONE;
            case REQUEST -> ClientAuth.OPTIONAL;
            case REQUIRE -> ClientAuth.REQUIRE;
        };
    }
}
