package org.postern.tls;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.postern.TlsFailure;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.Entry;
import org.postern.certificate.SelfSigned;

/** Makes contexts towards those we send to, and proves them. */
record ClientFactory(CertificateStore store, Engine engine, Clock clock, Contexts contexts, Executor waiting) {

    private static final String PEER = "rehearsal.invalid";
    private static final Set<TlsFailure> REFUSALS = EnumSet.of(TlsFailure.UNTRUSTED, TlsFailure.PIN_MISMATCH);

    /**
     * Makes new ones.
     *
     * @param policy what they are made from
     * @param anchors the operator's own
     * @param mayBeMissing whether a certificate need not be usable
     * @throws IllegalStateException with a full sentence, if they cannot be made or do not work
     */
    ClientTls make(ClientPolicy policy, Anchors anchors, Predicate<String> mayBeMissing) {
        Optional<Entry> shown = Optional.empty();
        Optional<String> missing = Optional.empty();
        try {
            shown = policy.terms().certificate().map(store::load);
        } catch (IllegalStateException e) {
            if (!mayBeMissing.test(policy.terms().certificate().orElseThrow())) {
                throw e;
            }
            missing = Optional.of(e.getMessage());
        }
        ServerCheck check = check(policy, anchors);
        var expected = new Expected();
        var trust = PeerTrustManager.byEngine((chain, peer) -> check.verify(chain, expected.of(peer)));
        try {
            SslContext context = context(policy, trust, shown, true);
            Optional<SslContext> classic =
                    engine.hasHybrid() ? Optional.of(context(policy, trust, shown, false)) : Optional.empty();
            Optional<Executor> waits = policy.asksAuthorities() ? Optional.of(waiting) : Optional.empty();
            var made =
                    new ClientContext(waits, check, expected, new KeyShares(clock), context, classic, shown, missing);
            contexts.own(made, context);
            classic.ifPresent(other -> contexts.own(made, other));
            prove(made, policy.checksPeer());
            if (policy.checksPeer() && shown.isPresent()) {
                proveShown(policy, shown.get());
            }
            return new ClientTls(policy, made);
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalStateException("TLS towards next hops does not work: " + e.getMessage() + ".", e);
        }
    }

    /** {@return whether the store still gives what is shown; what it cannot give any more goes on being shown} */
    boolean isCurrent(ClientTls tls) {
        Optional<Entry> shown = tls.context().shown();
        return find(tls.policy()).or(() -> shown).equals(shown);
    }

    private Optional<Entry> find(ClientPolicy policy) {
        try {
            return policy.terms().certificate().map(store::load);
        } catch (IllegalStateException missing) {
            return Optional.empty();
        }
    }

    /** {@return what a server must show under a policy} */
    ServerCheck check(ClientPolicy policy, Anchors anchors) {
        ClientPolicy.Terms terms = policy.terms();
        return new ServerCheck(policy.verifies() ? Optional.of(chain(terms, anchors)) : Optional.empty(), terms.pins());
    }

    private PeerChain chain(ClientPolicy.Terms terms, Anchors anchors) {
        Set<X509Certificate> all = terms.platformAnchors() ? anchors.ownAndPlatform() : anchors.own();
        return new PeerChain(all, PeerChain.Purpose.SERVER, new Revocation(terms.revocation(), clock), clock);
    }

    private SslContext context(ClientPolicy policy, PeerTrustManager trust, Optional<Entry> shown, boolean hybrid)
            throws SSLException {
        SslContextBuilder builder = engine.configure(SslContextBuilder.forClient(), hybrid)
                .protocols(policy.terms().protocols())
                .trustManager(trust)
                // Names are the check's business: Netty's own would also look at levels that do not verify.
                .endpointIdentificationAlgorithm(null);
        return shown.isEmpty()
                ? builder.build()
                : builder.keyManager(engine.keyManagers(new ClientKeys(shown.get())))
                        .build();
    }

    /** Where servers are verified, refusing a stranger is what has to be proven. */
    private void prove(ClientContext made, boolean checksPeer) throws SSLException {
        try {
            rehearse(made.ssl(), checksPeer ? Optional.empty() : made.shown());
        } catch (SSLException e) {
            if (!checksPeer || !REFUSALS.contains(Failures.reasonOf(e))) {
                throw e;
            }
        }
    }

    /** A stranger that is refused does not get to see the certificate, so it is shown to one that is not. */
    private void proveShown(ClientPolicy policy, Entry shown) throws SSLException {
        SslContext context =
                context(policy, new PeerTrustManager(PeerTrustManager.Check.NONE), Optional.of(shown), true);
        try {
            rehearse(context, Optional.of(shown));
        } finally {
            ReferenceCountUtil.release(context);
        }
    }

    private void rehearse(SslContext context, Optional<Entry> shown) throws SSLException {
        Entry entry = new SelfSigned(clock).make("rehearsal", List.of(PEER));
        SslContext peer = engine.configure(SslContextBuilder.forServer(entry.key(), entry.chain()), true)
                // Netty puts the key into a store and takes it out of it: the platform's default type takes 10,000
                // rounds each.
                .keyStoreType("JKS")
                .clientAuth(shown.isPresent() ? ClientAuth.REQUIRE : ClientAuth.NONE)
                .trustManager(new PeerTrustManager(PeerTrustManager.Check.NONE))
                .build();
        SSLEngine client = context.newEngine(UnpooledByteBufAllocator.DEFAULT, PEER, 25);
        SSLEngine server = peer.newEngine(UnpooledByteBufAllocator.DEFAULT);
        try {
            new Rehearsal(client, server).run();
            if (!Sessions.peerChain(server.getSession())
                    .equals(shown.map(Entry::chain).orElse(List.of()))) {
                throw new SSLException("the client certificate was not shown");
            }
        } finally {
            ReferenceCountUtil.release(client);
            ReferenceCountUtil.release(server);
            ReferenceCountUtil.release(peer);
        }
    }
}
