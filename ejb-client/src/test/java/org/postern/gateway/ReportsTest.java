package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.MailParameters;
import org.postern.Mailbox;
import org.postern.NextHop;
import org.postern.Recipient;
import org.postern.Reply;

/** Who gets a report, when, and which way. */
class ReportsTest {

    private static final String MINE = "me@example.com";
    private static final String FOREIGN = "sender@example.net";

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
    void deliveryShouldBeReportedIntoTheSendersMailbox() throws IOException {
        assertThat(bring(MINE, to("joe@example.org", "SUCCESS"))).isEqualTo(Sender.OK);
        assertThat(sender.files()).hasSize(2);
        assertThat(report())
                .startsWith("Return-Path: <>\r\nFrom: ")
                .contains("\r\nFinal-Recipient: rfc822; joe@example.org\r\nAction: delivered\r\n");
        assertThat(sender.files().get(0))
                .matches("mailboxes/example\\.com/me/new/\\d+\\.id-1\\.report\\.mx\\.example\\.org");
    }

    @Test
    void reportToOneselfShouldNotTakeThePlaceOfTheMessage() {
        bring(MINE, to(MINE, "SUCCESS"));
        assertThat(sender.files()).hasSize(2).allMatch(file -> file.startsWith("mailboxes/example.com/me/new/"));
    }

    @Test
    void foreignSenderShouldGetItTheWayOfAllMail() {
        bring(FOREIGN, to("joe@example.org", "SUCCESS,FAILURE"));
        assertThat(sender.nextHop.sent).singleElement().satisfies(sent -> {
            assertThat(sent.nextHop()).isEqualTo(NextHop.of("relay.example.net", 2526));
            assertThat(sent.envelope())
                    .isEqualTo(new Envelope(Optional.empty(), List.of(to(FOREIGN, "NEVER")), MailParameters.NONE));
            assertThat(sent.content()).contains("Action: delivered");
        });
    }

    @Test
    void relayToAServerWithoutDsnShouldBeReported() throws IOException {
        bring(MINE, to("ann@example.net", "SUCCESS"), to("bob@example.net", "FAILURE"), to("eve@example.net", ""));
        assertThat(report())
                .contains("Final-Recipient: rfc822; ann@example.net\r\nAction: relayed\r\n")
                .doesNotContain("bob@")
                .doesNotContain("eve@");
    }

    @Test
    void relayToAServerWithDsnShouldBeReportedByThatServer() {
        sender.nextHop.dsn = true;
        bring(MINE, to("ann@example.net", "SUCCESS"));
        assertThat(sender.nextHop.sent).singleElement().satisfies(sent -> assertThat(
                        sent.envelope().recipients())
                .containsExactly(to("ann@example.net", "SUCCESS")));
        assertThat(sender.files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NEVER", "FAILURE", "DELAY", "FAILURE,DELAY"})
    void whoDidNotAskShouldGetNone(String notifyOn) {
        bring(MINE, to("joe@example.org", notifyOn));
        bring(MINE, to("ann@example.net", notifyOn));
        assertThat(sender.files()).singleElement().asString().startsWith("mailboxes/example.org/joe/");
        assertThat(sender.nextHop.sent).hasSize(1);
    }

    @Test
    void nullReversePathShouldGetNone() {
        bring("", to("joe@example.org", "SUCCESS"));
        bring("", to("ann@example.net", "SUCCESS"));
        assertThat(sender.files()).singleElement().asString().startsWith("mailboxes/example.org/joe/");
        assertThat(sender.nextHop.sent).hasSize(1);
    }

    @Test
    void postmasterShouldBeNamedAsTheSenderDidAndNotByItsAddress() throws IOException {
        sender.administration.change(GatewaySettings.POSTMASTER_ADDRESS, "secret@example.net");
        bring(MINE, to("postmaster@example.org", "SUCCESS"));
        assertThat(report()).contains("rfc822; postmaster@example.org").doesNotContain("secret");
    }

    @Test
    void oneReportShouldTellOfMailboxesAndNextHops() throws IOException {
        bring(MINE, to("ann@example.net", "SUCCESS"), to("postmaster@example.org", "SUCCESS"));
        assertThat(report()).contains("Action: delivered").contains("Action: relayed");
        assertThat(sender.files()).hasSize(2);
    }

    @Test
    void refusedMessageShouldNotBeReported() {
        sender.nextHop.refusals.put(to("ann@example.net", "SUCCESS"), new Reply(550, "5.1.1", "No Ann"));
        bring(MINE, to("ann@example.net", "SUCCESS"), to("bob@example.net", "SUCCESS"));
        assertThat(sender.files()).isEmpty();
    }

    @Test
    void nothingShouldBeSentBeforeTheCommitNorAfterARollback() throws Exception {
        sender.transactions.begin();
        sender.gateway.onMail(mail(FOREIGN, to("joe@example.org", "SUCCESS")));
        sender.transactions.prepareOnly();
        assertThat(sender.nextHop.sent).isEmpty();
        sender.transactions.setRollbackOnly();
        assertThat(sender.transactions.commit()).isFalse();
        assertThat(sender.nextHop.sent).isEmpty();
    }

    @Test
    void sendingShouldNotKeepTheSenderWaiting() {
        List<Runnable> later = new ArrayList<>();
        sender.threads = later::add;
        assertThat(bring(FOREIGN, to("joe@example.org", "SUCCESS"))).isEqualTo(Sender.OK);
        assertThat(sender.nextHop.sent).isEmpty();
        later.forEach(Runnable::run);
        assertThat(sender.nextHop.sent).hasSize(1);
    }

    @Test
    void reportThatCannotBeSentShouldNotUndoTheDelivery() {
        sender.nextHop.failure =
                new MailDeliveryException("Nobody there.", new Reply(451, "4.4.1", "Nobody"), null, null);
        assertThat(bring(FOREIGN, to("joe@example.org", "SUCCESS"))).isEqualTo(Sender.OK);
        assertThat(sender.files()).singleElement().asString().startsWith("mailboxes/example.org/joe/new/");
    }

    @Test
    void reportThatCannotBeStoredShouldNotUndoTheRelay() throws IOException {
        Files.createFile(data.resolve("mailboxes"));
        assertThat(bring(MINE, to("ann@example.net", "SUCCESS"))).isEqualTo(Sender.OK);
        assertThat(sender.nextHop.sent).hasSize(1);
    }

    @Test
    void serverThatStopsShouldNotUndoTheDelivery() {
        sender.threads = task -> {
            throw new RejectedExecutionException("stopped");
        };
        assertThat(bring(MINE, to("joe@example.org", "SUCCESS"))).isEqualTo(Sender.OK);
        assertThat(sender.files()).singleElement().asString().startsWith("mailboxes/example.org/joe/new/");
    }

    @Test
    void inventedLocalSenderShouldNotMakeAMailbox() {
        sender.administration.change(GatewaySettings.LOCAL_RECIPIENTS, "joe");
        bring("invented@example.org", to("joe@example.org", "SUCCESS"));
        assertThat(sender.files()).singleElement().asString().startsWith("mailboxes/example.org/joe/new/");
        bring("postmaster@example.org", to("joe@example.org", "SUCCESS"));
        assertThat(sender.files()).anyMatch(file -> file.startsWith("mailboxes/example.org/postmaster/new/"));
    }

    @Test
    void floodShouldNotFillTheMemoryWithReports() {
        List<Runnable> later = new ArrayList<>();
        ReportSender reports = new ReportSender(sender.nextHop, later::add, Clock.systemUTC());
        String beginning = "To: a\r\nAuto-Submitted: auto-replied\r\n\r\n";
        MailContent large = MailContent.of(
                Arrays.copyOf(beginning.getBytes(StandardCharsets.US_ASCII), ReportSender.MAX_OCTETS / 5 * 2));
        Report report = new Report("id-1", Mailbox.parse(FOREIGN), large);
        for (int i = 0; i < 3; i++) {
            reports.send(report);
        }
        assertThat(later).hasSize(2);
        later.forEach(Runnable::run);
        reports.send(report);
        assertThat(later).as("room again").hasSize(3);
    }

    private Reply bring(String reversePath, Recipient... recipients) {
        return sender.bring(mail(reversePath, recipients));
    }

    private static FakeMail mail(String reversePath, Recipient... recipients) {
        Optional<Mailbox> from = reversePath.isEmpty() ? Optional.empty() : Optional.of(Mailbox.parse(reversePath));
        return FakeMail.to(new Envelope(from, List.of(recipients), MailParameters.NONE));
    }

    private static Recipient to(String address, String notifyOn) {
        return new Recipient(Mailbox.parse(address), notifyOn, "");
    }

    private String report() throws IOException {
        List<String> reports = sender.files().stream()
                .filter(file -> file.startsWith("mailboxes/example.com/me/new/"))
                .toList();
        assertThat(reports).hasSize(1);
        return Files.readString(data.resolve(reports.get(0)));
    }
}
