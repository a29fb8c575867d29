package org.postern.outbound;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.TlsFailure;
import org.postern.dns.Dns;
import org.postern.dns.DnsException;
import org.postern.dns.MailServer;

/**
 * Finds the servers of a next hop (RFC 5321 section 5.1). Of a domain's servers those are left out that are this gateway, and all
 * that are not preferred to it; of the others five are tried at most.
 *
 * <p>Hosts that somebody configured are looked up as this machine does it, in its hosts file too, unless name servers are
 * configured for Postern; MX records and their hosts always by DNS.
 */
public final class Servers {

    private static final int MAX_HOSTS = 5;

    /** Addresses of more than these are not even looked up. */
    private static final int MAX_LOOK_UPS = 20;

    /** A name with more addresses than this is not a mail server's. */
    private static final int MAX_ADDRESSES = 8;

    private final Dns dns;
    private final OwnHost own;
    private final IntSupplier mxPort;
    private final BooleanSupplier hasOwnNameServers;

    /**
     * Makes one.
     *
     * @param dns looks names up
     * @param own this gateway
     * @param mxPort tells the port of the servers that domains name
     * @param hasOwnNameServers tells whether configured hosts are looked up by DNS
     */
    public Servers(Dns dns, OwnHost own, IntSupplier mxPort, BooleanSupplier hasOwnNameServers) {
        this.dns = dns;
        this.own = own;
        this.mxPort = mxPort;
        this.hasOwnNameServers = hasOwnNameServers;
    }

    /**
     * Finds servers.
     *
     * @param nextHop where mail goes
     * @param blocking does what can block
     * @return at least one, in the order in which they are to be tried; or MailDeliveryException
     */
    CompletableFuture<List<Server>> find(NextHop nextHop, Executor blocking) {
        return nextHop.way() == NextHop.Way.MX ? ofDomain(nextHop.host()) : configured(nextHop, blocking);
    }

    private CompletableFuture<List<Server>> configured(NextHop nextHop, Executor blocking) {
        String host = nextHop.host();
        boolean byDns = hasOwnNameServers.getAsBoolean() && host.indexOf('.') > 0 && !isAddress(host);
        CompletableFuture<Server> found = byDns
                ? look(new MailServer(0, host), nextHop.port(), host)
                : CompletableFuture.supplyAsync(() -> lookUp(nextHop), blocking);
        return found.thenCompose(server -> {
            if (server.addresses().stream().anyMatch(own::listensAt)) {
                return failed("5.4.6", "The next hop " + nextHop + " is this gateway itself, so mail would go round.");
            }
            return CompletableFuture.completedFuture(List.of(server));
        });
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    }

    private static Server lookUp(NextHop nextHop) {
        try {
            List<InetAddress> all = List.of(InetAddress.getAllByName(nextHop.host()));
            return new Server(nextHop.host(), 0, at(all, nextHop.port()), Optional.empty());
        } catch (UnknownHostException e) {
            throw new CompletionException(
                    OwnVerdict.waits("The name of " + nextHop + " could not be looked up.", "4.4.3", e));
        }
    }

    private CompletableFuture<List<Server>> ofDomain(String domain) {
        return dns.mailServers(domain)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(verdict(cause(thrown))))
                .thenCompose(named -> {
                    List<CompletableFuture<Server>> looking = named.stream()
                            .limit(MAX_LOOK_UPS)
                            .map(server -> look(server, mxPort.getAsInt(), domain))
                            .toList();
                    return CompletableFuture.allOf(looking.toArray(CompletableFuture[]::new))
                            .thenCompose(done -> choose(
                                    domain,
                                    looking.stream()
                                            .map(CompletableFuture::join)
                                            .toList()));
                });
    }

    /** {@return a server with its addresses, or with the reason why it has none} */
    private CompletableFuture<Server> look(MailServer named, int port, String domain) {
        return dns.addresses(named.host()).handle((addresses, thrown) -> {
            Optional<MailDeliveryException> failure = Optional.empty();
            if (thrown != null) {
                failure = Optional.of(verdict(cause(thrown)));
            } else if (addresses.isEmpty()) {
                failure = Optional.of(OwnVerdict.refuses(
                        "The mail server " + named.host() + " of " + domain + " has no address.",
                        named.host().equals(domain) ? "5.1.2" : "5.4.4"));
            }
            List<InetAddress> found = addresses == null ? List.of() : addresses;
            return new Server(named.host(), named.preference(), at(found, port), failure);
        });
    }

    private CompletableFuture<List<Server>> choose(String domain, List<Server> all) {
        int least = all.stream()
                .filter(server -> own.isMailServer(server.host(), server.addresses()))
                .mapToInt(Server::preference)
                .min()
                .orElse(Integer.MAX_VALUE);
        List<Server> others = all.stream()
                .filter(server -> server.preference() < least)
                .limit(MAX_HOSTS)
                .toList();
        return others.isEmpty()
                ? failed(
                        "5.4.6",
                        "Mail for " + domain
                                + " would come back: its most preferred mail server is this gateway, which does"
                                + " not keep mail for that domain.")
                : CompletableFuture.completedFuture(others);
    }

    private static List<InetSocketAddress> at(List<InetAddress> addresses, int port) {
        List<InetSocketAddress> all = new ArrayList<>();
        for (InetAddress address : addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()))) {
            all.add(new InetSocketAddress(address, port));
        }
        return all;
    }

    private static MailDeliveryException verdict(Throwable thrown) {
        if (!(thrown instanceof DnsException failure)) {
            return OwnVerdict.waits("A name could not be looked up (" + thrown + ").", "4.4.3", thrown);
        }
        return switch (failure.reason()) {
            case NO_DOMAIN -> OwnVerdict.refuses(failure.getMessage(), "5.1.2");
            case NO_MAIL ->
                new MailDeliveryException(
                        failure.getMessage(), OwnVerdict.reply(556, "5.1.10", failure.getMessage()), null, null);
            case UNAVAILABLE ->
                new MailDeliveryException(
                        failure.getMessage(),
                        OwnVerdict.reply(451, TlsFailure.DNS.enhancedStatus(), failure.getMessage()),
                        TlsFailure.DNS,
                        failure);
        };
    }

    private static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private static <T> CompletableFuture<T> failed(String status, String sentence) {
        return CompletableFuture.failedFuture(OwnVerdict.refuses(sentence, status));
    }
}
