package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postern.Mailbox;
import org.postern.NextHop;
import org.postern.Recipient;

class RoutingTest {

    private static final NextHop HOP = NextHop.of("relay.example.net", 25);

    private final Routing routing = routing(Optional.empty());

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
    void postmasterShouldHaveItsOwnMailboxWithoutAnAddress() throws Exception {
        assertThat(destination("\"PostMaster\"@example.org")).isEqualTo(local("postmaster", "example.org"));
    }

    @Test
    void postmasterShouldGoToItsAddressAndKeepItsWishes() throws Exception {
        Recipient postmaster =
                new Recipient(Mailbox.parse("postmaster@example.org"), "NEVER", "rfc822;postmaster@example.org");
        Route route = routing(Optional.of("admin@example.net")).route(postmaster);
        assertThat(route.recipient())
                .isEqualTo(new Recipient(Mailbox.parse("admin@example.net"), "NEVER", "rfc822;postmaster@example.org"));
        assertThat(route.destination()).isEqualTo(new Destination.RemoteHop(HOP));
    }

    @Test
    void postmasterOfAnotherDomainShouldBeThatDomainsBusiness() throws Exception {
        Route route = routing(Optional.of("admin@example.org")).route(Recipient.of("postmaster@example.net"));
        assertThat(route.recipient()).isEqualTo(Recipient.of("postmaster@example.net"));
        assertThat(route.destination()).isEqualTo(new Destination.RemoteHop(HOP));
    }

    @Test
    void postmasterAddressThatIsAPostmasterShouldNotLoop() throws Exception {
        Route route = routing(Optional.of("postmaster@example.com")).route(Recipient.of("postmaster@example.org"));
        assertThat(route.destination()).isEqualTo(local("postmaster", "example.com"));
    }

    private Destination destination(String recipient) {
        return routing.route(Recipient.of(recipient)).destination();
    }

    private static Destination local(String localPart, String domain) {
        return new Destination.LocalMailbox(new MailboxKey(localPart, domain));
    }

    private static Routing routing(Optional<String> postmaster) {
        return new Routing(
                List.of("example.org", "example.com", "xn--bcher-kva.example"),
                "mx.example.org",
                domain -> HOP,
                postmaster.map(Mailbox::parse));
    }
}
