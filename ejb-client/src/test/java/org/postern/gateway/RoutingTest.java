package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postern.MailRejectedException;
import org.postern.Mailbox;
import org.postern.NextHop;
import org.postern.Recipient;

class RoutingTest {

    private static final NextHop HOP = NextHop.of("relay.example.net", 25);

    private final Routing routing = routing(Optional.of(HOP), Optional.empty());

    @Test
    void acceptedDomainShouldBeLocalInAnyCase() throws Exception {
        assertThat(destination("Joe@EXAMPLE.org")).isEqualTo(local("joe", "example.org"));
    }

    @Test
    void acceptedDomainShouldBeLocalWhenWrittenBeyondAscii() throws Exception {
        assertThat(destination("joe@bücher.example")).isEqualTo(local("joe", "xn--bcher-kva.example"));
    }

    @Test
    void ownNameShouldBeLocal() throws Exception {
        assertThat(destination("joe@MX.example.org")).isEqualTo(local("joe", "mx.example.org"));
    }

    @Test
    void ownAddressLiteralShouldMeanOwnName() throws Exception {
        assertThat(destination("joe@[127.0.0.1]")).isEqualTo(local("joe", "mx.example.org"));
        assertThat(destination("joe@[IPv6:::1]")).isEqualTo(local("joe", "mx.example.org"));
        assertThat(destination("joe@[ipv6:0:0:0:0:0:0:0:1]")).isEqualTo(local("joe", "mx.example.org"));
    }

    @Test
    void foreignAddressLiteralShouldGoToTheNextHop() throws Exception {
        assertThat(destination("joe@[192.0.2.1]")).isEqualTo(new Destination.RemoteHop(HOP));
    }

    @Test
    void subdomainOfAnAcceptedOneShouldGoToTheNextHop() throws Exception {
        assertThat(destination("joe@sub.example.org")).isEqualTo(new Destination.RemoteHop(HOP));
    }

    @Test
    void missingNextHopShouldBeTemporaryAndNamed() {
        assertThatThrownBy(() -> routing(Optional.empty(), Optional.empty()).route(Recipient.of("joe@example.net")))
                .isInstanceOfSatisfying(
                        MailRejectedException.class, e -> assertThat(e.reply().toString())
                                .isEqualTo("451 4.3.5 Mail for example.net cannot be sent on:"
                                        + " this gateway's setting nextHop is empty"));
    }

    @Test
    void postmasterShouldHaveItsOwnMailboxWithoutAnAddress() throws Exception {
        assertThat(destination("\"PostMaster\"@example.org")).isEqualTo(local("postmaster", "example.org"));
    }

    @Test
    void postmasterShouldGoToItsAddressAndKeepItsWishes() throws Exception {
        Recipient postmaster =
                new Recipient(Mailbox.parse("postmaster@example.org"), "NEVER", "rfc822;postmaster@example.org");
        Route route =
                routing(Optional.of(HOP), Optional.of("admin@example.net")).route(postmaster);
        assertThat(route.recipient())
                .isEqualTo(new Recipient(Mailbox.parse("admin@example.net"), "NEVER", "rfc822;postmaster@example.org"));
        assertThat(route.destination()).isEqualTo(new Destination.RemoteHop(HOP));
    }

    @Test
    void postmasterShouldBeKeptHereWhenItsAddressIsOutOfReach() throws Exception {
        Routing noWay = routing(Optional.empty(), Optional.of("admin@example.net"));
        assertThat(noWay.isPostmasterOutOfReach()).isTrue();
        assertThat(noWay.route(Recipient.of("postmaster@example.org")).destination())
                .isEqualTo(local("postmaster", "example.org"));
    }

    @Test
    void postmasterOfAnotherDomainShouldBeThatDomainsBusiness() throws Exception {
        Route route = routing(Optional.of(HOP), Optional.of("admin@example.org"))
                .route(Recipient.of("postmaster@example.net"));
        assertThat(route.recipient()).isEqualTo(Recipient.of("postmaster@example.net"));
        assertThat(route.destination()).isEqualTo(new Destination.RemoteHop(HOP));
    }

    @Test
    void postmasterAddressThatIsAPostmasterShouldNotLoop() throws Exception {
        Route route = routing(Optional.empty(), Optional.of("postmaster@example.com"))
                .route(Recipient.of("postmaster@example.org"));
        assertThat(route.destination()).isEqualTo(local("postmaster", "example.com"));
    }

    private Destination destination(String recipient) throws MailRejectedException {
        return routing.route(Recipient.of(recipient)).destination();
    }

    private static Destination local(String localPart, String domain) {
        return new Destination.LocalMailbox(new MailboxKey(localPart, domain));
    }

    private static Routing routing(Optional<NextHop> nextHop, Optional<String> postmaster) {
        return new Routing(
                List.of("example.org", "example.com", "xn--bcher-kva.example"),
                "mx.example.org",
                nextHop,
                postmaster.map(Mailbox::parse));
    }
}
