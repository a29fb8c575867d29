package org.postern.outbound;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.postern.MailDeliveryException;

/**
 * Tries the servers of a next hop, and the addresses of each, until one is ready for a message. What ends at one address, be it
 * that there is no connection, no welcome, or TLS that does not meet what is demanded, goes on at the next.
 */
final class Search {

    private final Client client;
    private final Terms terms;
    private final EventLoop loop;
    private final Executor blocking;
    private final List<MailDeliveryException> verdicts = new ArrayList<>();

    /**
     * Prepares.
     *
     * @param client what all connections share
     * @param terms what the connection is made under
     * @param loop the event loop of the connection
     * @param blocking does what can block
     */
    Search(Client client, Terms terms, EventLoop loop, Executor blocking) {
        this.client = client;
        this.terms = terms;
        this.loop = loop;
        this.blocking = blocking;
    }

    /** {@return a connection that is ready, or MailDeliveryException} */
    CompletableFuture<Wire> start() {
        Optional<String> obstacle = terms.decision().obstacle();
        if (obstacle.isPresent()) {
            String sentence = "Mail to " + terms.nextHop() + " waits for the certificate that "
                    + terms.decision().namer() + " names: " + obstacle.get();
            return CompletableFuture.failedFuture(new CertificateMissing(sentence));
        }
        return client.servers().find(terms.nextHop(), blocking).thenComposeAsync(this::tryServers, loop);
    }

    private CompletableFuture<Wire> tryServers(List<Server> servers) {
        if (servers.isEmpty()) {
            return CompletableFuture.failedFuture(decisive(verdicts));
        }
        Server server = servers.get(0);
        return tryServer(server).exceptionallyCompose(thrown -> {
            verdicts.add(failure(thrown));
            return tryServers(servers.subList(1, servers.size()));
        });
    }

    private CompletableFuture<Wire> tryServer(Server server) {
        return server.failure()
                .<CompletableFuture<Wire>>map(CompletableFuture::failedFuture)
                .orElseGet(() -> tryAddresses(server, server.addresses(), new ArrayList<>()));
    }

    private CompletableFuture<Wire> tryAddresses(
            Server server, List<InetSocketAddress> addresses, List<MailDeliveryException> failures) {
        if (addresses.isEmpty()) {
            return CompletableFuture.failedFuture(most(failures));
        }
        InetSocketAddress address = addresses.get(0);
        return tryAddress(server, address).exceptionallyCompose(thrown -> {
            failures.add(failure(thrown));
            return tryAddresses(server, addresses.subList(1, addresses.size()), failures);
        });
    }

    private CompletableFuture<Wire> tryAddress(Server server, InetSocketAddress address) {
        Target target = new Target(server.host(), address);
        Optional<Duration> silence = client.openings().silence(address);
        if (silence.isPresent()) {
            return CompletableFuture.failedFuture(new Crowded(target, silence.get()));
        }
        DeadHosts.Admission admission = client.dead().admit(address);
        if (admission.pause().isPresent()) {
            return CompletableFuture.failedFuture(new Unreachable(
                    "There was no connection to " + target + " when it was last tried; it is tried again in "
                            + Math.max(1, admission.pause().get().toSeconds()) + " seconds.",
                    "4.4.1",
                    null));
        }
        return new Opening(client, terms, target, loop, blocking).start().whenComplete((wire, thrown) -> {
            if (admission.isTrial() && thrown != null && failure(thrown) instanceof Crowded) {
                client.dead().giveBack(address);
            }
        });
    }

    /** Of one server, what it said itself counts more than an address where it could not be reached. */
    private static MailDeliveryException most(List<MailDeliveryException> failures) {
        return failures.stream()
                .filter(failure -> failure.tlsFailure().isPresent())
                .findFirst()
                .or(() -> failures.stream()
                        .filter(failure -> !(failure instanceof Unreachable))
                        .findFirst())
                .orElse(failures.get(0));
    }

    /** While one server may do later, the message is kept. */
    private static MailDeliveryException decisive(List<MailDeliveryException> verdicts) {
        List<MailDeliveryException> temporary =
                verdicts.stream().filter(MailDeliveryException::isTemporary).toList();
        return most(temporary.isEmpty() ? verdicts : temporary);
    }

    static MailDeliveryException failure(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof MailDeliveryException failure) {
            return failure;
        }
        throw new CompletionException(cause);
    }
}
