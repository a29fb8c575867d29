package org.postern.tls;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postern.Mailbox;
import org.postern.TlsFailure;
import org.postern.TlsSession;

/**
 * What TLS was had with each peer lately. Bounded: of each kind of peer, those heard of longest ago are forgotten. Each kind has
 * its own room, so that whoever connects to us cannot push out what is known of those we send to, nor failed handshakes what is
 * known of those whose mail was taken.
 */
public final class PeerTable {

    /** How many peers of each kind are kept. */
    public static final int CAPACITY = 1_000;

    private final Clock clock;
    private final Map<Kind, PeerRows> rows = new EnumMap<>(Kind.class);

    /**
     * Makes an empty one.
     *
     * @param clock tells the time
     */
    public PeerTable(Clock clock) {
        this.clock = clock;
        for (Kind kind : Kind.values()) {
            rows.put(kind, new PeerRows(CAPACITY));
        }
    }

    /** Whom a row is about. */
    public enum Kind {
        /** A domain or host that we send to. */
        TO,
        /** A domain that a client sent for. The client claims that, and nothing proves it. */
        FROM,
        /** The address of a client that got no further, or gave no domain. */
        CLIENT
    }

    /** Counts a session; empty for one in clear. */
    public void session(Kind kind, String peer, Optional<TlsSession> tls) {
        rows.get(kind).session(peer, tls, now());
    }

    /** Counts a demand that was not met. */
    public void failure(Kind kind, String peer, TlsFailure reason) {
        rows.get(kind).failure(peer, reason, now());
    }

    /**
     * Counts a session in which mail was taken: under its sender's domain, or under the client's address where there is none
     * that names a domain, as with the null reverse path or an address literal.
     *
     * @param sender the reverse path
     * @param address the client's address
     * @param tls how the mail came; empty for in clear
     */
    public void taken(Optional<Mailbox> sender, String address, Optional<TlsSession> tls) {
        Optional<String> domain = sender.map(Mailbox::domainKey).filter(DomainName::isValid);
        session(domain.isPresent() ? Kind.FROM : Kind.CLIENT, domain.orElse(address), tls);
    }

    /** {@return a line for each peer: kind by kind in their order, and of each the latest first} */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        rows.forEach((kind, ofKind) -> lines.addAll(ofKind.lines(kind.name().toLowerCase(Locale.ROOT))));
        return lines;
    }

    /** {@return how many peers there are} */
    public int size() {
        return rows.values().stream().mapToInt(PeerRows::size).sum();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
