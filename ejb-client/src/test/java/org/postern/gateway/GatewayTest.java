package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.administration.SharedSettings;

class GatewayTest {

    private static final String RELAY = "relay.example.net";

    @TempDir
    Path data;

    private Sender sender;

    @BeforeEach
    void open() {
        sender = new Sender(data);
    }

    @Test
    void anyLocalRecipientShouldBeWelcomeByDefault() {
        assertThat(sender.name("anybody@example.org")).isEqualTo(Sender.OK);
        assertThat(sender.name("\"../x\"@mx.example.org", "joe@example.com")).isEqualTo(Sender.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"joe@example.org", "JOE@example.com", "\"joe\"@mx.example.org", "Ann@EXAMPLE.org"})
    void listedRecipientShouldBeAccepted(String recipient) {
        sender.administration.change(GatewaySettings.LOCAL_RECIPIENTS, "Joe, ann@example.org");
        assertThat(sender.name(recipient)).isEqualTo(Sender.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@example.com", "joey@example.org", "joe+x@example.org"})
    void unlistedRecipientShouldBeRefused(String recipient) {
        sender.administration.change(GatewaySettings.LOCAL_RECIPIENTS, "Joe, ann@example.org");
        assertThat(sender.name(recipient)).hasToString("550 5.1.1 There is no such mailbox here");
    }

    @Test
    void listOfLocalRecipientsShouldNotConcernOtherDomains() {
        sender.administration.change(GatewaySettings.LOCAL_RECIPIENTS, "joe");
        sender.administration.change(FakeNextHop.NEXT_HOP, RELAY);
        assertThat(sender.name("ann@example.net")).isEqualTo(Sender.OK);
    }

    @Test
    void recipientTakenAtRcptShouldStayTakenWhenTheListChanges() {
        sender.administration.change(GatewaySettings.LOCAL_RECIPIENTS, "joe");
        assertThat(sender.bring(FakeMail.to("ann@example.org"))).isEqualTo(Sender.OK);
    }

    @Test
    void mailForAnotherDomainShouldGoToItsOwnServersWithoutANextHop() {
        assertThat(sender.bring(FakeMail.to("joe@example.net"))).isEqualTo(Sender.OK);
        assertThat(sender.nextHop.sent)
                .extracting(FakeNextHop.Sent::nextHop)
                .containsExactly(NextHop.forDomain("example.net"));
    }

    @Test
    void domainsWithServersOfTheirOwnShouldComeSeparately() {
        assertThat(sender.name("joe@example.net", "ann@other.example").code()).isEqualTo(452);
        assertThat(sender.name("joe@example.net", "ann@example.net")).isEqualTo(Sender.OK);
    }

    @Test
    void recipientThatGoesAnotherWayShouldComeSeparately() {
        sender.administration.change(FakeNextHop.NEXT_HOP, RELAY);
        String told = "452 4.5.3 Mail for this recipient goes another way; send it separately";
        assertThat(sender.name("joe@example.net", "joe@example.org")).hasToString(told);
        assertThat(sender.name("joe@example.org", "joe@example.net")).hasToString(told);
        assertThat(sender.name("joe@example.net", "ann@other.example")).isEqualTo(Sender.OK);
    }

    @Test
    void postmasterShouldAlwaysBeAccepted() {
        sender.administration.change(GatewaySettings.LOCAL_RECIPIENTS, "joe");
        sender.administration.change(FakeNextHop.NEXT_HOP, RELAY);
        assertThat(sender.name("Postmaster@example.org")).isEqualTo(Sender.OK);
        assertThat(sender.name("postmaster@[127.0.0.1]", "ann@example.net")).isEqualTo(Sender.OK);
    }

    @Test
    void postmasterShouldGetMailThatAlsoGoesElsewhere() {
        sender.administration.change(FakeNextHop.NEXT_HOP, RELAY);
        assertThat(sender.bring(FakeMail.to("ann@example.net", "postmaster@example.org")))
                .isEqualTo(Sender.OK);
        assertThat(sender.files()).singleElement().asString().startsWith("mailboxes/example.org/postmaster/new/");
        assertThat(sender.nextHop.sent).singleElement().satisfies(sent -> assertThat(
                        sent.envelope().recipients())
                .containsExactly(Recipient.of("ann@example.net")));
    }

    @Test
    void postmasterShouldNotKeepMailThatFailedElsewhere() {
        sender.administration.change(FakeNextHop.NEXT_HOP, RELAY);
        sender.nextHop.failure =
                new MailDeliveryException("The next hop is busy.", new Reply(450, "4.4.5", "Busy"), null, null);
        assertThat(sender.bring(FakeMail.to("ann@example.net", "postmaster@example.org")))
                .hasToString("450 4.4.5 Busy");
        assertThat(sender.files()).isEmpty();
    }

    @Test
    void failureHereShouldKeepMailFromGoingElsewhere() throws Exception {
        sender.administration.change(FakeNextHop.NEXT_HOP, RELAY);
        Files.createFile(data.resolve("mailboxes"));
        assertThat(sender.bring(FakeMail.to("ann@example.net", "postmaster@example.org")))
                .isEqualTo(Sender.FAILED);
        assertThat(sender.nextHop.sent).isEmpty();
    }

    @Test
    void postmasterShouldGoToItsAddress() {
        sender.administration.change(GatewaySettings.LOCAL_RECIPIENTS, "joe");
        sender.administration.change(GatewaySettings.POSTMASTER_ADDRESS, "admin@example.com");
        assertThat(sender.name("postmaster@example.org")).isEqualTo(Sender.OK);
        assertThat(sender.bring(FakeMail.to("postmaster@example.org"))).isEqualTo(Sender.OK);
        assertThat(sender.files()).singleElement().asString().startsWith("mailboxes/example.com/admin/new/");
    }

    @Test
    void postmasterAddressElsewhereShouldBeHandedToTheNextHop() {
        sender.administration.change(FakeNextHop.NEXT_HOP, RELAY);
        sender.administration.change(GatewaySettings.POSTMASTER_ADDRESS, "admin@example.net");
        assertThat(sender.bring(FakeMail.to("postmaster@example.org"))).isEqualTo(Sender.OK);
        assertThat(sender.nextHop.sent.get(0).envelope().recipients())
                .containsExactly(Recipient.of("admin@example.net"));
    }

    @Test
    void domainAcceptedAtRunTimeShouldBeLocalFromTheNextMessageOn() {
        sender.administration.change(SharedSettings.ACCEPTED_DOMAINS, "example.net");
        assertThat(sender.bring(FakeMail.to("joe@example.net"))).isEqualTo(Sender.OK);
        assertThat(sender.files()).singleElement().asString().startsWith("mailboxes/example.net/joe/new/");
    }
}
