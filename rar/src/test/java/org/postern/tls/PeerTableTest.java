package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Mailbox;
import org.postern.TlsFailure;
import org.postern.TlsSession;

/** The rows of peers, and that strangers cannot make them more or worse than they may be. */
class PeerTableTest {

    private static final String ADDRESS = "[192.0.2.1]";
    private static final Optional<TlsSession> CLEAR = Optional.empty();

    private final PeerTable peers =
            new PeerTable(Clock.fixed(Instant.parse("2030-01-02T03:04:05.678Z"), ZoneOffset.UTC));

    @Test
    void rowShouldTellAllThatWasHad() {
        taken("a@Example.org", CLEAR);
        taken("b@example.ORG", tls("TLSv1.2", TlsSession.Verification.FAILED));
        taken("c@example.org", tls("TLSv1.3", TlsSession.Verification.VERIFIED));
        peers.failure(PeerTable.Kind.FROM, "example.org", TlsFailure.PROTOCOL);
        assertThat(peers.lines())
                .containsExactly(
                        "from example.org: 1 in clear, 2 with TLS, 1 verified, versions {TLSv1.2=1, TLSv1.3=1},"
                                + " results {VERIFIED=1, FAILED=1}, failures {PROTOCOL=1}; last 2030-01-02T03:04:05Z PROTOCOL");
    }

    @Test
    void leastRecentlyHeardOfShouldGoFirstAndOnlyOfItsKind() {
        peers.session(PeerTable.Kind.TO, "partner.example", CLEAR);
        taken("a@regular.example", CLEAR);
        taken("a@early.example", CLEAR);
        for (int i = 0; i < PeerTable.CAPACITY - 1; i++) {
            taken("a@regular.example", CLEAR);
            taken("a@d" + i + ".example", CLEAR);
        }
        for (int i = 0; i < 2 * PeerTable.CAPACITY; i++) {
            peers.failure(PeerTable.Kind.CLIENT, "[192.0.2." + i + "]", TlsFailure.HANDSHAKE);
        }
        List<String> lines = peers.lines();
        assertThat(peers.size()).isEqualTo(2 * PeerTable.CAPACITY + 1).isEqualTo(lines.size());
        assertThat(lines.get(0)).startsWith("to partner.example: 1 in clear");
        assertThat(lines.get(1)).startsWith("from d998.example: 1 in clear");
        assertThat(lines.get(2)).startsWith("from regular.example: 1000 in clear");
        assertThat(lines).noneMatch(line -> line.startsWith("from early.example"));
        assertThat(lines.get(lines.size() - 1)).startsWith("client [192.0.2.1000]: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[192.0.2.99]", "[IPv6:2001:db8::1]", "under_score"})
    void whatIsNoDomainShouldCountForTheAddressThatItReallyCameFrom(String domain) {
        taken("a@" + domain, CLEAR);
        assertThat(peers.lines()).singleElement().asString().startsWith("client [192.0.2.1]: 1 in clear");
    }

    @Test
    void domainThatIsTooLongAsALabelsShouldCountForTheAddress() {
        String longest = "ab.".repeat(80) + "a".repeat(13);
        assertThat(longest).hasSize(253);
        taken("a@" + longest, CLEAR);
        taken("a@" + "é.".repeat(80) + "example", CLEAR);
        peers.taken(Optional.empty(), ADDRESS, CLEAR);
        assertThat(peers.lines()).hasSize(2);
        assertThat(peers.lines().get(0)).startsWith("from " + longest + ": ");
        assertThat(peers.lines().get(1)).startsWith("client [192.0.2.1]: 2 in clear");
    }

    private void taken(String sender, Optional<TlsSession> tls) {
        peers.taken(Optional.of(Mailbox.parse(sender)), ADDRESS, tls);
    }

    private static Optional<TlsSession> tls(String protocol, TlsSession.Verification verification) {
        return Optional.of(
                new TlsSession(protocol, "SUITE", List.of(), verification, Optional.empty(), Optional.empty()));
    }
}
