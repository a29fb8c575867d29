package org.postern.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postern.Envelope;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.Recipient;
import org.postern.Reply;

class OutcomeTest {

    private static final Reply OK = new Reply(250, "2.0.0", "OK");
    private static final Reply UNKNOWN = new Reply(550, "5.1.1", "No such user");
    private static final Reply LATER = new Reply(452, "4.5.3", "Too many");

    private final NextHop hop = NextHop.of("mx.example.org", 25);

    @Test
    void partlyAcceptedShouldBeAReceipt() throws MailDeliveryException {
        Receipt receipt = outcome(OK, OK, UNKNOWN).receipt(OK, Optional.empty());
        assertThat(receipt.isComplete()).isFalse();
        assertThat(receipt.results().get(0).isAccepted()).isTrue();
        assertThat(receipt.refused()).containsExactly(new Receipt.Result(Recipient.of("2@example.org"), UNKNOWN));
    }

    @Test
    void receiptShouldTellWhetherTheServerHasDsn() throws MailDeliveryException {
        for (boolean dsn : new boolean[] {true, false}) {
            Features features = new Features(dsn ? Set.of(Feature.DSN) : Set.of(), 0);
            for (boolean lmtp : new boolean[] {true, false}) {
                Outcome outcome = new Outcome(hop, Envelope.of("", "1@example.org"), features);
                outcome.mail(OK);
                outcome.recipient(OK);
                Receipt receipt =
                        lmtp ? outcome.receipt(List.of(OK), Optional.empty()) : outcome.receipt(OK, Optional.empty());
                assertThat(receipt.dsn()).isEqualTo(dsn);
            }
        }
    }

    @Test
    void nobodyAcceptedShouldTellWhatWasSaidOfEach() {
        assertThatThrownBy(() -> outcome(OK, UNKNOWN, LATER).receipt(OK, Optional.empty()))
                .isInstanceOfSatisfying(MailDeliveryException.class, e -> {
                    assertThat(e.results()).extracting(Receipt.Result::reply).containsExactly(UNKNOWN, LATER);
                    assertThat(e.isTemporary()).isTrue();
                    assertThat(e).hasMessageContaining("mx.example.org:25").hasMessageContaining("No such user");
                });
    }

    @Test
    void refusedSenderShouldDecide() {
        assertThatThrownBy(() -> outcome(UNKNOWN, OK, OK).receipt(OK, Optional.empty()))
                .isInstanceOfSatisfying(
                        MailDeliveryException.class, e -> assertThat(e.reply()).isEqualTo(UNKNOWN));
    }

    @Test
    void refusedContentShouldRefuseTheAccepted() {
        assertThatThrownBy(() -> outcome(OK, OK, UNKNOWN).receipt(LATER, Optional.empty()))
                .isInstanceOfSatisfying(MailDeliveryException.class, e -> {
                    assertThat(e.results()).extracting(Receipt.Result::reply).containsExactly(LATER, UNKNOWN);
                    assertThat(e.isTemporary()).isTrue();
                });
    }

    @Test
    void goAheadWhereYesOrNoWasAskedShouldKeepTheMessage() {
        Reply goAhead = new Reply(354, "", "Go");
        assertThatThrownBy(() -> outcome(OK, OK, OK).receipt(goAhead, Optional.empty()))
                .isInstanceOfSatisfying(MailDeliveryException.class, e -> assertThat(e.isTemporary())
                        .isTrue());
    }

    @Test
    void internationalRecipientShouldBeRefusedAloneWithoutSmtputf8() throws MailDeliveryException {
        Envelope envelope = Envelope.of("a@example.org", "jürgen@example.org", "2@example.org");
        Outcome outcome = new Outcome(hop, envelope, Features.NONE);
        assertThat(outcome.unasked()).containsExactly(Recipient.of("2@example.org"));
        outcome.mail(OK);
        outcome.recipient(OK);
        Receipt receipt = outcome.receipt(OK, Optional.empty());
        assertThat(receipt.results().get(0).reply().enhancedStatus()).isEqualTo("5.6.7");
        assertThat(receipt.results().get(1).isAccepted()).isTrue();
    }

    private Outcome outcome(Reply mail, Reply... recipients) {
        Envelope envelope = Envelope.of("a@example.org", "1@example.org", "2@example.org");
        Outcome outcome = new Outcome(hop, envelope, new Features(Set.of(), 0));
        outcome.mail(mail);
        for (Reply reply : recipients) {
            outcome.recipient(reply);
        }
        return outcome;
    }
}
