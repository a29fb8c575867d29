package org.postern.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Envelope;
import org.postern.Mailbox;
import org.postern.Recipient;
import org.postern.Reply;
import org.postern.TlsSession;
import org.postern.smtp.server.SessionFacts.Starttls;

class SessionTest {

    private static final TlsSession TLS = new TlsSession(
            "TLSv1.3",
            "TLS_AES_256_GCM_SHA384",
            List.of(),
            TlsSession.Verification.NONE_SHOWN,
            Optional.empty(),
            Optional.empty());

    private boolean askApplication;
    private Session session = session(Starttls.AVAILABLE, false);

    @Test
    void ehloShouldAnnounceWhatHoldsInThisSession() {
        assertThat(session.command("EHLO client.example").lines())
                .containsExactly(
                        "mx.example.org greets client.example",
                        "PIPELINING",
                        "SIZE 1000",
                        "8BITMIME",
                        "ENHANCEDSTATUSCODES",
                        "CHUNKING",
                        "SMTPUTF8",
                        "DSN",
                        "LIMITS RCPTMAX=3",
                        "STARTTLS");
        session.command("STARTTLS");
        session.tlsBegan(TLS);
        assertThat(session.command("EHLO client.example").lines()).doesNotContain("STARTTLS");
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL FROM:nobody, 501 5.5.4",
        "MAIL FROM:<a@b> SIZE=x, 501 5.5.4",
        "MAIL FROM:<a@b> BODY=9BIT, 501 5.5.4",
        "MAIL FROM:<a@b> SIZE=1 SIZE=2, 501 5.5.4",
        "MAIL FROM:<a@b> UNKNOWN=1, 555 5.5.4",
        "MAIL FROM:<a@b>X, 501 5.5.4",
        "MAIL, 501 5.5.4",
        "MAIL FROM:<a@@b>, 501 5.1.7",
        "RCPT TO:<>, 501 5.1.3",
        "RCPT TO:<a@b> NOTIFY=SOMETIMES, 501 5.5.4",
        "RCPT TO:<a@b> SIZE=1, 555 5.5.4",
        "MAIL FROM:<a@b> SMTPUTF8=1, 501 5.5.4",
        "MAIL FROM:<a@b> BODY=BINARYMIME, 501 5.5.4",
        "DATA now, 501 5.5.4",
        "RSET now, 501 5.5.4",
        "QUIT now, 501 5.5.4",
        "STARTTLS now, 501 5.5.4",
        "VRFY, 501 5.5.4",
        "EHLO, 501 5.5.4",
        "EHLO two words, 501 5.5.4",
        "HELO, 501 5.5.4"
    })
    void syntaxShouldBeJudgedBeforeSequence(String line, String expected) {
        assertThat(session.command(line)).asString().startsWith(expected);
        assertThat(session.phase()).isEqualTo(Phase.COMMAND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL FROM:<a@b>", "RCPT TO:<a@b>", "DATA"})
    void commandsOfATransactionShouldNeedAHello(String line) {
        assertThat(session.command(line)).asString().startsWith("503 5.5.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAILX FROM:<a@b>", "MAI", "", " MAIL FROM:<a@b>", "GET / HTTP/1.1"})
    void onlyWholeVerbsShouldBeKnown(String line) {
        assertThat(session.command(line)).asString().startsWith("500 5.5.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"MAIL FROM:<a@b>", "RCPT TO:<a@b>", "DATA", "VRFY a", "HELP", "EXPN x", "AUTH PLAIN", "XYZ"})
    void whatIsNotAllowedBeforeTlsShouldGet530WhereTlsIsRequired(String line) {
        session = session(Starttls.AVAILABLE, true);
        session.command("EHLO client.example");
        assertThat(session.command(line)).hasToString("530 5.7.0 Must issue a STARTTLS command first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO c", "HELO c", "NOOP", "RSET", "QUIT", "STARTTLS"})
    void whatIsAllowedBeforeTlsShouldBeCarriedOutWhereTlsIsRequired(String line) {
        session = session(Starttls.AVAILABLE, true);
        assertThat(session.command(line).code()).isBetween(220, 250);
    }

    @Test
    void thirdRefusedGroupShouldEndTheSession() {
        session = session(Starttls.AVAILABLE, true);
        for (int group = 1; group <= 3; group++) {
            // A pipelining sender gets all its replies: a group counts once.
            assertThat(session.command("MAIL FROM:<a@b>").code()).isEqualTo(530);
            assertThat(session.command("RCPT TO:<a@b>").code()).isEqualTo(530);
            assertThat(session.command("DATA").code()).isEqualTo(530);
            Optional<Reply> end = session.groupEnded();
            assertThat(end.map(Reply::toString).isPresent()).isEqualTo(group == 3);
        }
        assertThat(session.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void everythingLearnedBeforeTlsShouldBeForgotten() {
        session.command("EHLO client.example");
        session.command("MAIL FROM:<a@b>");
        session.command("RCPT TO:<c@d>");
        assertThat(session.command("STARTTLS")).asString().startsWith("220 ");
        assertThat(session.phase()).isEqualTo(Phase.HANDSHAKE);
        session.tlsBegan(TLS);
        assertThat(session.helloName()).isEmpty();
        assertThat(session.command("RCPT TO:<c@d>")).asString().startsWith("503 5.5.1 Send EHLO");
        session.command("EHLO client.example");
        assertThat(session.command("DATA")).asString().startsWith("503 5.5.1 Send MAIL");
    }

    @Test
    void starttlsShouldAnswerWhatHoldsForIt() {
        assertThat(session(Starttls.NOT_OFFERED, false).command("STARTTLS"))
                .asString()
                .startsWith("502 5.5.1");
        assertThat(session(Starttls.UNAVAILABLE, false).command("STARTTLS"))
                .asString()
                .startsWith("454 4.7.0");
        session.command("STARTTLS");
        session.tlsBegan(TLS);
        assertThat(session.command("STARTTLS")).asString().startsWith("503 5.5.1");
    }

    @Test
    void transactionShouldGoFromMailToDelivery() {
        assertThat(dialogue(
                        "EHLO client.example",
                        "MAIL FROM:<a@b> SIZE=10 BODY=8BITMIME",
                        "RCPT TO:<c@d>",
                        "RCPT TO:<e@f>",
                        "DATA"))
                .isEqualTo("250 250 250 250 354");
        assertThat(session.contentEnded(Optional.empty())).isEmpty();
        assertThat(session.phase()).isEqualTo(Phase.DELIVERY);
        assertThat(session.envelope().recipients())
                .extracting(Recipient::toString)
                .containsExactly("c@d", "e@f");
        assertThat(session.envelope().parameters().eightBit()).isTrue();
        session.delivered();
        assertThat(dialogue("MAIL FROM:<>", "RCPT TO:<c@d>", "RSET", "DATA")).isEqualTo("250 250 250 503");
    }

    @Test
    void commandsOutOfOrderShouldBeRefused() {
        assertThat(dialogue("EHLO c", "RCPT TO:<c@d>", "DATA", "MAIL FROM:<a@b>", "MAIL FROM:<a@b>", "DATA"))
                .isEqualTo("250 503 503 250 503 554");
    }

    @Test
    void announcedSizeBeyondTheLimitShouldBeRefused() {
        assertThat(dialogue("EHLO c", "MAIL FROM:<a@b> SIZE=1001", "MAIL FROM:<a@b> SIZE=99999999999999999999"))
                .isEqualTo("250 552 552");
    }

    @Test
    void tooManyRecipientsShouldBeTold() {
        assertThat(dialogue(
                        "EHLO c",
                        "MAIL FROM:<a@b>",
                        "RCPT TO:<1@d>",
                        "RCPT TO:<2@d>",
                        "RCPT TO:<3@d>",
                        "RCPT TO:<4@d>"))
                .isEqualTo("250 250 250 250 250 452");
    }

    @Test
    void applicationShouldHaveTheLastWordOnARecipient() {
        askApplication = true;
        session.command("EHLO c");
        session.command("MAIL FROM:<a@b>");
        session.command("RCPT TO:<c@d>");
        assertThat(session.phase()).isEqualTo(Phase.RECIPIENT_CHECK);
        Reply no = new Reply(550, "5.1.1", "Nobody here");
        assertThat(session.recipientChecked(Optional.of(no))).isEqualTo(no);
        assertThat(session.envelope().recipients()).isEmpty();
        session.command("RCPT TO:<e@d>");
        assertThat(session.recipientChecked(Optional.empty()).code()).isEqualTo(250);
        assertThat(session.envelope().recipients())
                .extracting(Recipient::toString)
                .containsExactly("e@d");
    }

    @Test
    void pathsShouldBeReadAsTheStandardSays() {
        session.command("EHLO c");
        session.command("MAIL FROM:<@one.example,@two.example:\"a>b\"@c.example>");
        assertThat(session.envelope().reversePathText()).isEqualTo("\"a>b\"@c.example");
        session.command("RCPT TO:<PostMaster>");
        assertThat(session.envelope().recipients())
                .extracting(Recipient::toString)
                .containsExactly("postmaster@mx.example.org");
    }

    @Test
    void addressBeyondAsciiShouldNeedSmtputf8() {
        assertThat(dialogue("EHLO c", "MAIL FROM:<jürgen@example.org>")).isEqualTo("250 550");
    }

    @Test
    void linesShouldBeHeldToTheLimitOfTheirVerb() {
        session.command("EHLO c");
        assertThat(session.command("NOOP " + "x".repeat(505)).code()).isEqualTo(250);
        assertThat(session.command("NOOP " + "x".repeat(506))).asString().startsWith("500 5.5.2");
        String longMail = "MAIL FROM:<a@b> ENVID=" + "x".repeat(100);
        assertThat(session.command(longMail + " ".repeat(681 - 2 - longMail.length()))
                        .code())
                .isEqualTo(250);
        assertThat(session.command("MAIL FROM:<a@b>" + " ".repeat(700)).code()).isEqualTo(500);
    }

    @Test
    void longPathShouldBeRefused() {
        session.command("EHLO c");
        String domain = ("x".repeat(49) + ".").repeat(5) + "example";
        assertThat(session.command("MAIL FROM:<a@" + domain + ">")).asString().startsWith("501 5.1.7");
    }

    @Test
    void nothingFromOutsideShouldBeginAnotherTraceField() {
        session.command("EHLO [IPv6:::1]");
        session.command("MAIL FROM:<a@b> SMTPUTF8");
        session.command("RCPT TO:<\"x; y> (z\"@d\u00e4.example>");
        String field = Received.field(
                session,
                session.envelope(),
                "id1",
                java.time.ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, java.time.ZoneOffset.UTC));
        assertThat(field).contains("with UTF8SMTP id id1").endsWith("Fri, 02 Jan 2026 03:04:05 +0000\r\n");
        // Every line but the first is folded, so there is one field.
        assertThat(field.split("\r\n"))
                .filteredOn(line -> !line.startsWith("\t"))
                .hasSize(1);
        for (String attack : new String[] {"EHLO a\r\nX: y", "EHLO a(b", "EHLO a;b", "EHLO a\u0085b"}) {
            assertThat(session.command(attack).code()).as(attack).isEqualTo(501);
        }
        assertThat(session.command("RCPT TO:<\"a\r\n b\"@d>").code()).isEqualTo(501);
    }

    @Test
    void replyShouldNeverCarryWhatAPeerSent() {
        assertThat(session.command("NOOP \u0001").text()).isEqualTo("OK");
        assertThat(session.command("EHLO a\u0001b").code()).isEqualTo(501);
    }

    private String dialogue(String... lines) {
        return Stream.of(lines)
                .map(line -> String.valueOf(session.command(line).code()))
                .collect(Collectors.joining(" "));
    }

    private Session session(Starttls starttls, boolean tlsRequired) {
        var peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        return new Session(
                new SessionFacts("s1", peer, "mx.example.org", starttls, tlsRequired, 1000, 3), new RecipientRules() {
                    @Override
                    public Optional<Reply> refusal(Session asking, Envelope soFar, Mailbox mailbox) {
                        return Optional.empty();
                    }

                    @Override
                    public boolean asksApplication(Recipient recipient) {
                        return askApplication;
                    }
                });
    }
}
