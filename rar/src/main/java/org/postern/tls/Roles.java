package org.postern.tls;

import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.postern.administration.Health;
import org.postern.administration.SettingValues;
import org.postern.administration.Settings;
import org.postern.certificate.CertificateStore;
import org.postern.settings.SettingsStore;

/**
 * What TLS is in force in each role. A change makes new contexts, proves them by handshakes, and exchanges one reference; if
 * anything fails, the old ones go on serving. A change that concerns no context leaves it in place, and with it the sessions
 * that can be resumed.
 */
public final class Roles implements Settings.Participant, AutoCloseable {

    /** The key under which {@link Health} hears that there is no usable server certificate. */
    public static final String CERTIFICATE_PROBLEM = CertificateProblems.NO_SERVER_CERTIFICATE;

    private final Contexts contexts = new Contexts();
    private final ServerFactory servers;
    private final ClientFactory clients;
    private final TrustFolder trust;
    private final CertificateProblems problems;
    private final RsaOnlyClients rsaOnly;
    private final AtomicReference<ServerTls> server = new AtomicReference<>();
    private final AtomicReference<ClientTls> client = new AtomicReference<>();
    private final AtomicReference<Anchors> anchors = new AtomicReference<>(new Anchors(Map.of()));
    private final PolicyContexts byPolicy;
    private SettingsStore settings;

    /**
     * Makes both roles; {@link #start} brings them into force.
     *
     * @param store where certificates are
     * @param trust where trust anchors are
     * @param engine who does the cryptography
     * @param health where it is reported if an active certificate is not usable
     * @param clock tells the time
     * @param waiting runs what waits for an answer of an authority
     */
    public Roles(
            CertificateStore store, TrustFolder trust, Engine engine, Health health, Clock clock, Executor waiting) {
        this.servers = new ServerFactory(store, engine, clock, contexts, waiting);
        this.clients = new ClientFactory(store, engine, clock, contexts, waiting);
        this.byPolicy = new PolicyContexts(clients);
        this.trust = trust;
        this.problems = new CertificateProblems(health);
        this.rsaOnly = new RsaOnlyClients(health);
    }

    /**
     * Brings the configured values into force, and has a say in changes from then on. A certificate that is not usable is left
     * out and reported. Without any for the server its level is kept and TLS cannot be had, which is reported as an error.
     *
     * @param store the settings
     * @return closing it ends the say in changes
     * @throws IllegalArgumentException with a full sentence, if the configured values break a rule; the stricter demands of
     *     them are in force then, and TLS from outside cannot be had
     * @throws IllegalStateException with a full sentence, if TLS towards next hops does not work
     */
    public Settings.Registration start(SettingsStore store) {
        settings = store;
        anchors.set(trust.read());
        ServerPolicy policy = ServerPolicy.of(store);
        server.set(new ServerTls(policy, Optional.empty(), rsaOnly));
        client.set(clients.make(ClientPolicy.of(store), anchors.get(), alias -> true));
        Settings.Registration registration = store.join(this);
        policy.checkRules();
        prepare(store, anchors.get(), false).run();
        return registration;
    }

    /** {@return what is in force towards those who send to us; a session takes it once, when it begins} */
    public ServerTls server() {
        return server.get();
    }

    /** {@return what is in force towards those we send to; a connection takes it once, when it begins} */
    public ClientTls client() {
        return client.get();
    }

    /** {@return what is in force towards those that a policy is about; made when it is needed first} */
    ClientTls client(Policy policy) {
        return byPolicy.get(policy, client.get().policy(), anchors.get());
    }

    /**
     * Proves policies under settings that are to come into force.
     *
     * @param next all of them as they would be
     * @param before all that are in force
     * @param candidate the settings
     * @return brings them into force
     * @throws IllegalArgumentException or IllegalStateException with a full sentence, if one would not work
     */
    Runnable prepare(Collection<Policy> next, Collection<Policy> before, SettingValues candidate) {
        return byPolicy.prepare(next, before, ClientPolicy.of(candidate), anchors.get());
    }

    /** Also where no setting changes, if the certificate store gives another certificate under an active alias. */
    @Override
    public Runnable prepare(SettingValues candidate) {
        return prepare(candidate, anchors.get(), false);
    }

    /** Releases the contexts. Connections under way go on; no new handler can be made. */
    @Override
    public void close() {
        contexts.close();
    }

    Anchors anchors() {
        return anchors.get();
    }

    /**
     * Exchanges trust anchors, and with them all contexts: nothing that was verified by the old ones can be resumed.
     *
     * @param change makes the new ones of those in force
     * @param keep writes them to the disk, when they have been proven
     * @throws IllegalStateException with a full sentence, if that fails; what was in force goes on then
     */
    void exchange(UnaryOperator<Anchors> change, Step keep) {
        settings.exclusively(values -> {
            Anchors next = change.apply(anchors.get());
            Runnable commit = prepare(values, next, true);
            try {
                keep.run();
            } catch (IOException e) {
                throw new IllegalStateException("The trust anchors could not be written: " + e + ".", e);
            }
            anchors.set(next);
            commit.run();
        });
    }

    private Runnable prepare(SettingValues candidate, Anchors trusted, boolean anew) {
        ServerPolicy policy = ServerPolicy.of(candidate);
        policy.checkRules();
        Optional<IllegalStateException> failure = Optional.empty();
        ServerTls nextServer;
        try {
            nextServer = nextServer(policy, trusted, anew);
        } catch (IllegalStateException e) {
            // Where TLS cannot be had now, demands can still be changed; where it can, a change must not lose it.
            if (server().isUsable()
                    || !policy.terms().alias().equals(server().policy().terms().alias())) {
                throw e;
            }
            failure = Optional.of(e);
            nextServer = new ServerTls(policy, Optional.empty(), rsaOnly);
        }
        ClientTls nextClient = nextClient(ClientPolicy.of(candidate), trusted, anew);
        return commit(nextServer, nextClient, failure);
    }

    private Runnable commit(ServerTls nextServer, ClientTls nextClient, Optional<IllegalStateException> failure) {
        return () -> {
            server.set(nextServer);
            client.set(nextClient);
            nextServer.context().filter(used -> used.keys().haveRsa()).ifPresent(used -> rsaOnly.served());
            problems.report(nextServer, failure.map(Throwable::getMessage));
            problems.report(nextClient);
        };
    }

    private ServerTls nextServer(ServerPolicy policy, Anchors trusted, boolean anew) {
        ServerTls now = server();
        boolean fits = now.policy().terms().equals(policy.terms())
                && now.context().filter(servers::isCurrent).isPresent();
        return fits && !anew
                ? now.under(policy)
                : new ServerTls(policy, Optional.of(servers.make(policy.terms(), trusted, now)), rsaOnly);
    }

    private ClientTls nextClient(ClientPolicy policy, Anchors trusted, boolean anew) {
        ClientTls now = client();
        boolean fits = now.policy().terms().equals(policy.terms()) && clients.isCurrent(now);
        return fits && !anew ? now.under(policy) : clients.make(policy, trusted, now::lacks);
    }

    /** Something that touches the disk. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }
}
