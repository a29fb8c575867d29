package org.postern.dns;

import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.postern.dns.DnsException.Reason;
import org.postern.network.EventLoops;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks name servers. Nothing here blocks; answers come on an event loop. An answer that could not be had is never taken for one
 * that says no: whoever could keep a domain's servers from being found would else decide where its mail goes.
 */
public final class Dns {

    private static final int ROUNDS = 2;
    private static final int MAX_ALIASES = 8;

    /** How many answers are kept. */
    private static final int CAPACITY = 10_000;

    private final Channels channels;
    private final Supplier<List<InetSocketAddress>> servers;
    private final Supplier<Duration> timeout;
    private final AnswerCache<Answer> cache;

    /**
     * Makes one.
     *
     * @param loops carry questions and answers
     * @param servers tells who is asked; empty for those that this machine asks
     * @param timeout tells how long each may take
     * @param nanoTime tells how old answers are
     */
    public Dns(
            EventLoops loops,
            Supplier<List<InetSocketAddress>> servers,
            Supplier<Duration> timeout,
            LongSupplier nanoTime) {
        this.channels = new Channels(loops);
        this.servers = servers;
        this.timeout = timeout;
        this.cache = new AnswerCache<>(CAPACITY, nanoTime);
    }

    /**
     * Looks up which servers take the mail of a domain (RFC 5321 section 5.1).
     *
     * @param domain the domain
     * @return its servers, the most preferred first and those of equal preference in random order; the domain itself where it
     *     names none. Or {@link DnsException}
     */
    public CompletableFuture<List<MailServer>> mailServers(String domain) {
        return ask(domain, Type.MX, 0).thenCompose(answer -> {
            if (!answer.known()) {
                return failed(Reason.UNAVAILABLE, "The mail servers of " + domain + " could not be looked up.");
            }
            if (!answer.exists()) {
                return failed(Reason.NO_DOMAIN, "There is no domain " + domain + ".");
            }
            if (answer.records().isEmpty()) {
                return CompletableFuture.completedFuture(List.of(new MailServer(0, ascii(domain))));
            }
            List<MailServer> named = sorted(answer.records());
            return named.isEmpty()
                    ? failed(Reason.NO_MAIL, "The domain " + domain + " takes no mail (null MX, RFC 7505).")
                    : CompletableFuture.completedFuture(named);
        });
    }

    /**
     * Looks up the addresses of a host, IPv6 and IPv4 in turns.
     *
     * @param host its name
     * @return its addresses; empty if it has none. Or {@link DnsException} for {@link Reason#UNAVAILABLE}, if none was found and
     *     one of the two look-ups failed
     */
    public CompletableFuture<List<InetAddress>> addresses(String host) {
        CompletableFuture<Answer> v4 = ask(host, Type.A, 0);
        return ask(host, Type.AAAA, 0)
                .thenCombine(v4, (six, four) -> {
                    List<InetAddress> addresses = inTurns(addresses(six), addresses(four));
                    boolean unknown = addresses.isEmpty() && !(six.known() && four.known());
                    return unknown ? Optional.<List<InetAddress>>empty() : Optional.of(addresses);
                })
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found.get())
                        : failed(Reason.UNAVAILABLE, "The addresses of " + host + " could not be looked up."));
    }

    /** Forgets all answers. */
    public void clear() {
        cache.clear();
    }

    private static List<MailServer> sorted(List<Record> records) {
        List<MailServer> named = new ArrayList<>();
        for (Record record : records) {
            MXRecord mx = (MXRecord) record;
            // The root is no server. Alone it means that there is none (RFC 7505 section 3).
            if (!mx.getTarget().equals(Name.root)) {
                named.add(new MailServer(mx.getPriority(), text(mx.getTarget())));
            }
        }
        Collections.shuffle(named);
        named.sort(Comparator.comparingInt(MailServer::preference));
        return named;
    }

    private static List<InetAddress> addresses(Answer answer) {
        List<InetAddress> addresses = new ArrayList<>();
        for (Record record : answer.records()) {
            addresses.add(record instanceof ARecord four ? four.getAddress() : ((AAAARecord) record).getAddress());
        }
        return addresses;
    }

    private static List<InetAddress> inTurns(List<InetAddress> first, List<InetAddress> second) {
        List<InetAddress> all = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                all.add(first.get(i));
            }
            if (i < second.size()) {
                all.add(second.get(i));
            }
        }
        return all;
    }

    /** Follows aliases whose targets' records did not come along. */
    private CompletableFuture<Answer> ask(String host, int type, int depth) {
        Name name;
        try {
            name = Name.fromString(ascii(host), Name.root);
        } catch (TextParseException | IllegalArgumentException e) {
            // What is no name does not exist.
            return CompletableFuture.completedFuture(
                    new Answer(true, false, List.of(), Optional.empty(), Duration.ZERO));
        }
        String question = Type.string(type) + " " + text(name);
        CompletableFuture<Answer> answer = cache.find(question)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> askServers(name, type).thenApply(fresh -> {
                    cache.keep(question, fresh, fresh.timeToLive());
                    return fresh;
                }));
        return answer.thenCompose(found -> {
            if (found.alias().isEmpty()) {
                return CompletableFuture.completedFuture(found);
            }
            return depth == MAX_ALIASES
                    ? CompletableFuture.completedFuture(Answer.UNKNOWN)
                    : ask(text(found.alias().get()), type, depth + 1);
        });
    }

    private CompletableFuture<Answer> askServers(Name name, int type) {
        List<InetSocketAddress> configured = servers.get();
        List<InetSocketAddress> asked = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            asked.addAll(
                    configured.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : configured);
        }
        return askFirst(asked, name, type);
    }

    private CompletableFuture<Answer> askFirst(List<InetSocketAddress> asked, Name name, int type) {
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(Answer.UNKNOWN);
        }
        var resolver = new SimpleResolver(asked.get(0));
        resolver.setIoClientFactory(channels);
        resolver.setTimeout(timeout.get());
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        return resolver.sendAsync(query, Runnable::run)
                .toCompletableFuture()
                .handle((response, failure) -> failure == null ? Answer.of(response, name, type) : Answer.UNKNOWN)
                .thenCompose(answer -> answer.known()
                        ? CompletableFuture.completedFuture(answer)
                        : askFirst(asked.subList(1, asked.size()), name, type));
    }

    private static String ascii(String host) {
        return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }

    private static <T> CompletableFuture<T> failed(Reason reason, String sentence) {
        return CompletableFuture.failedFuture(new DnsException(reason, sentence));
    }
}
