package org.postern.tls;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.postern.administration.Health;
import org.postern.administration.Health.Severity;
import org.postern.administration.SettingValues;
import org.postern.administration.Settings;
import org.postern.certificate.CertificateStore;

/**
 * What TLS is in force in each role. A change makes a new context, proves it by a handshake, and exchanges one reference; if
 * anything fails, the old one goes on serving.
 */
public final class Roles implements Settings.Participant, AutoCloseable {

    /** The key under which {@link Health} hears that there is no usable server certificate. */
    public static final String CERTIFICATE_PROBLEM = "server certificate";

    private final Contexts contexts = new Contexts();
    private final ServerFactory servers;
    private final ClientFactory clients;
    private final Health health;
    private final AtomicReference<ServerTls> server = new AtomicReference<>();
    private final AtomicReference<ClientTls> client = new AtomicReference<>();

    /**
     * Makes both roles; {@link #start} brings them into force.
     *
     * @param store where certificates are
     * @param trust where trust anchors are
     * @param engine who does the cryptography
     * @param health where it is reported if there is no usable server certificate
     * @param clock tells the time
     */
    public Roles(CertificateStore store, TrustFolder trust, Engine engine, Health health, Clock clock) {
        this.servers = new ServerFactory(store, trust, engine, clock, contexts);
        this.clients = new ClientFactory(trust, engine, clock, contexts);
        this.health = health;
    }

    /**
     * Brings the configured values into force, and has a say in changes from then on. Without a usable server certificate the
     * server's level is kept, TLS cannot be had, and that is reported as an error.
     *
     * @param settings the settings
     * @return closing it ends the say in changes
     * @throws IllegalArgumentException with a full sentence, if the configured values break a rule; the stricter demands of
     *     them are in force then, and TLS from outside cannot be had
     * @throws IllegalStateException with a full sentence, if TLS towards next hops does not work
     */
    public Settings.Registration start(Settings settings) {
        ServerPolicy policy = ServerPolicy.of(settings);
        server.set(servers.unusable(policy));
        client.set(clients.make(ClientPolicy.of(settings)));
        Settings.Registration registration = settings.join(this);
        policy.checkRules();
        Next next = next(policy);
        server.set(next.server());
        next.report().run();
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

    @Override
    public Runnable prepare(SettingValues candidate) {
        ServerPolicy policy = ServerPolicy.of(candidate);
        policy.checkRules();
        Next next = server.get().policy().equals(policy) ? new Next(server.get(), () -> {}) : next(policy);
        ClientPolicy clientPolicy = ClientPolicy.of(candidate);
        ClientTls nextClient = client.get().policy().equals(clientPolicy) ? client.get() : clients.make(clientPolicy);
        return () -> {
            server.set(next.server());
            client.set(nextClient);
            next.report().run();
        };
    }

    /** Releases the contexts. Connections under way go on; no new handler can be made. */
    @Override
    public void close() {
        contexts.close();
    }

    /** Where TLS cannot be had now, demands can still be changed; where it can, a change must not lose it. */
    private Next next(ServerPolicy policy) {
        ServerTls now = server.get();
        try {
            return new Next(servers.make(policy, now.certificate()), () -> health.clear(CERTIFICATE_PROBLEM));
        } catch (IllegalStateException e) {
            if (now.isUsable() || !policy.alias().equals(now.policy().alias())) {
                throw e;
            }
            return new Next(servers.unusable(policy), () -> reportUnusable(policy, e.getMessage()));
        }
    }

    private void reportUnusable(ServerPolicy policy, String reason) {
        Severity severity = policy.level() == ServerLevel.NONE ? Severity.WARNING : Severity.ERROR;
        health.report(
                CERTIFICATE_PROBLEM,
                severity,
                "There is no usable server certificate, so STARTTLS is answered 454 and a port for implicit TLS stays closed."
                        + " " + reason + " Put it right in the certificate store, or activate another.");
    }

    private record Next(ServerTls server, Runnable report) {}
}
