package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.ResourceException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.Envelope;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.TlsFailure;

class RemoteDeliveryTest {

    @TempDir
    Path data;

    private Sender sender;

    @BeforeEach
    void open() {
        sender = new Sender(data);
        sender.administration.change(FakeNextHop.NEXT_HOP, "relay.example.net:2526");
    }

    @AfterEach
    void connectionsShouldHaveBeenGivenBack() {
        assertThat(sender.nextHop.open).isZero();
    }

    @Test
    void mailShouldBeHandedOnAsItIs() {
        Envelope envelope = Envelope.of("", "joe@example.net", "ann@other.example");
        assertThat(sender.bring(FakeMail.to(envelope))).isEqualTo(Sender.OK);
        assertThat(sender.nextHop.sent)
                .containsExactly(new FakeNextHop.Sent(NextHop.of("relay.example.net", 2526), envelope, FakeMail.TEXT));
        assertThat(sender.files()).isEmpty();
    }

    @Test
    void changedNextHopShouldHoldFromTheNextMessageOn() {
        sender.bring(FakeMail.to("joe@example.net"));
        sender.administration.change(FakeNextHop.NEXT_HOP, "other.example.net");
        sender.bring(FakeMail.to("joe@example.net"));
        assertThat(sender.nextHop.sent)
                .extracting(sent -> sent.nextHop().toString())
                .containsExactly("relay.example.net:2526", "other.example.net:25");
    }

    @ParameterizedTest
    @CsvSource({
        "450, 4.2.1, 450 4.2.1 No", "550, 5.1.1, 550 5.1.1 No", "552, 5.3.4, 552 5.3.4 No", "550, '', 550 5.0.0 No",
        "451, '', 451 4.0.0 No", "421, 4.3.2, 451 4.3.2 No", "530, 5.7.0, 554 5.7.0 No", "454, 4.7.0, 451 4.7.0 No"
    })
    void refusalOfTheOnlyRecipientShouldBePassedOn(int code, String status, String told) {
        sender.nextHop.refusals.put(Recipient.of("joe@example.net"), new Reply(code, status, "No"));
        assertThat(sender.bring(FakeMail.to("joe@example.net"))).hasToString(told);
    }

    @Test
    void refusalOfOneRecipientShouldRefuseTheMessage() {
        sender.nextHop.refusals.put(Recipient.of("ann@example.net"), new Reply(550, "5.1.1", "No Ann"));
        assertThat(sender.bring(FakeMail.to("joe@example.net", "ann@example.net")))
                .hasToString("550 5.1.1 No Ann");
    }

    @Test
    void ofSeveralRefusalsATemporaryOneShouldDecide() {
        sender.nextHop.refusals.put(Recipient.of("ann@example.net"), new Reply(550, "5.1.1", "No Ann"));
        sender.nextHop.refusals.put(Recipient.of("bob@example.net"), new Reply(452, "4.2.2", "Full"));
        assertThat(sender.bring(FakeMail.to("ann@example.net", "bob@example.net", "joe@example.net")))
                .hasToString("452 4.2.2 Full");
        assertThat(sender.bring(FakeMail.to("ann@example.net", "bob@example.net")))
                .hasToString("452 4.2.2 Full");
    }

    @ParameterizedTest
    @EnumSource(TlsFailure.class)
    void tlsReasonShouldReachTheSenderAsATemporaryFailure(TlsFailure reason) {
        String text = "TLS with relay.example.net is required, but " + reason.sentence();
        sender.nextHop.failure = new MailDeliveryException(
                text + ".", new Reply(451, reason.enhancedStatus(), text), reason, new IllegalStateException("inner"));
        assertThat(sender.bring(FakeMail.to("joe@example.net")))
                .isEqualTo(new Reply(451, reason.enhancedStatus(), text));
    }

    @Test
    void noConnectionShouldBeTemporaryAndTellNoClassNames() {
        sender.nextHop.failure = new ResourceException("com.example.Pool exhausted", new IllegalStateException("x"));
        assertThat(sender.bring(FakeMail.to("joe@example.net")))
                .hasToString("451 4.3.0 The next hop cannot be reached now; try again later");
    }

    @Test
    void answerThatRefusesNothingShouldNotBeTakenForAcceptance() {
        Reply odd = new Reply(354, "", "Go on");
        sender.nextHop.failure = new MailDeliveryException("The next hop answered 354.", odd, null, null);
        Reply reply = sender.bring(FakeMail.to("joe@example.net"));
        assertThat(reply.code()).isEqualTo(451);
        assertThat(reply.enhancedStatus()).isEqualTo("4.5.0");
    }
}
