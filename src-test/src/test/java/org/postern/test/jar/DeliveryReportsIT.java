package org.postern.test.jar;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.test.Authority;
import org.postern.test.Mail;
import org.postern.test.RecordingServer;
import org.postern.test.SmtpDialogue;
import org.postern.test.Waiting;

/** SMTPUTF8 and DSN on their way through one gateway to two next hops: one has both, the other no extension but STARTTLS. */
class DeliveryReportsIT {

    @TempDir
    private static Path folder;

    private static RecordingServer able;
    private static RecordingServer plain;
    private static RunningGateway gateway;

    private final String subject = Mail.subject();
    private final byte[] content = Mail.withSubject(subject);
    private final byte[] international = Mail.withSubject(subject + " Grüße");
    private final byte[] ascii =
            ("Subject: " + subject + "\r\n\r\n.a dot\r\nText\r\n").getBytes(StandardCharsets.US_ASCII);

    @BeforeAll
    static void start() throws Exception {
        Authority authority = new Authority("Next hops");
        able = new RecordingServer(authority.serverAtLocalhost(), "8BITMIME", "SMTPUTF8", "DSN");
        plain = new RecordingServer(authority.serverAtLocalhost());
        gateway = RunningGateway.start(
                folder, Map.of(), "host=127.0.0.1", "port=0", "clientTlsLevel=REQUIRE", "nextHop=" + plain.nextHop());
        gateway.management().invoke("Policies", "setPolicy", "able.example", "REQUIRE");
        gateway.management().set("Policy,name=able.example", "NextHop", able.nextHop());
    }

    @AfterAll
    static void stop() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
        able.close();
        plain.close();
        assertThat(able.failures()).isEmpty();
        assertThat(plain.failures()).isEmpty();
    }

    @Test
    void messageWithSmtputf8ShouldArriveAsItCame() throws IOException {
        String mail = "MAIL FROM:<jürgen@bücher.example> BODY=8BITMIME SMTPUTF8";
        String recipient = "RCPT TO:<δοκιμή@able.example> ORCPT=utf-8;δοκιμή@old.example";
        assertThat(bring(international, mail, recipient)).startsWith("250 ");
        RecordingServer.Taken taken = taken(able);
        assertThat(taken.mail()).isEqualTo(mail);
        assertThat(taken.recipients()).containsExactly(recipient);
        assertThat(taken.withTls()).isTrue();
        assertThat(taken.content()).endsWith(international);
        assertThat(text(taken)).startsWith("Received: from client.example.org ").contains("with UTF8SMTPS id ");
    }

    @Test
    void messageThatNeedsSmtputf8ShouldBeRefusedWhereTheNextHopHasNone() throws IOException {
        String smtputf8 = " BODY=8BITMIME SMTPUTF8";
        for (String sender : List.of("jürgen@bücher.example", "sender@example.com")) {
            String reply = bring(international, "MAIL FROM:<" + sender + ">" + smtputf8, "RCPT TO:<to@plain.example>");
            assertThat(reply).startsWith("553 5.6.7 ");
        }
        String recipient = "RCPT TO:<δοκιμή@plain.example>";
        assertThat(bring(ascii, "MAIL FROM:<sender@example.com>" + smtputf8, recipient))
                .startsWith("553 5.6.7 ");
        assertThat(plain.taken()).noneMatch(taken -> text(taken).contains(subject));
    }

    @Test
    void wishesShouldReachTheNextHopThatHasDsnAndBeAnsweredForTheOther() throws Exception {
        String mail = "MAIL FROM:<asks@localhost> RET=HDRS ENVID=QQ+2B314";
        String toAble = "RCPT TO:<to@able.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;To+2Bx@Able.Example";
        assertThat(bring(ascii, mail, toAble)).startsWith("250 ");
        assertThat(taken(able).mail()).isEqualTo(mail);
        assertThat(taken(able).recipients()).containsExactly(toAble);

        String toPlain = "RCPT TO:<to@plain.example> NOTIFY=SUCCESS ORCPT=rfc822;To+2Bx@Plain.Example";
        assertThat(bring(ascii, mail, toPlain, "RCPT TO:<other@plain.example> NOTIFY=FAILURE"))
                .startsWith("250 ");
        assertThat(taken(plain).mail()).isEqualTo("MAIL FROM:<asks@localhost>");
        assertThat(taken(plain).recipients())
                .containsExactly("RCPT TO:<to@plain.example>", "RCPT TO:<other@plain.example>");
        String status = part(report("asks"), 1, "message/delivery-status");
        assertThat(status)
                .contains("Original-Envelope-Id: QQ+314\r\n")
                .contains(
                        "Original-Recipient: rfc822;To+x@Plain.Example\r\nFinal-Recipient: rfc822; to@plain.example\r\n")
                .contains("Action: relayed\r\nStatus: 2.0.0\r\nRemote-MTA: dns; [127.0.0.1]\r\n")
                .contains("Diagnostic-Code: smtp; 250 Recorded")
                .doesNotContain("able.example")
                .doesNotContain("other@");
    }

    @Test
    void deliveryIntoAMailboxShouldBeReportedWhereItWasAskedFor() throws Exception {
        assertThat(bring(content, "MAIL FROM:<curious@localhost>", "RCPT TO:<quiet@localhost> NOTIFY=NEVER"))
                .startsWith("250 ");
        String joe = "RCPT TO:<joe@localhost> NOTIFY=SUCCESS,FAILURE";
        assertThat(bring(content, "MAIL FROM:<curious@localhost> RET=FULL", joe, "RCPT TO:<ann@localhost>"))
                .startsWith("250 ");
        MimeMessage report = report("curious");
        assertThat(report.getHeader("Return-Path", null)).isEqualTo("<>");
        assertThat(report.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
        assertThat(part(report, 0, "text/plain")).contains("    joe@localhost\r\n");
        assertThat(part(report, 1, "message/delivery-status"))
                .contains("Final-Recipient: rfc822; joe@localhost\r\nAction: delivered\r\n")
                .doesNotContain("ann@");
        assertThat(part(report, 2, "text/rfc822-headers"))
                .startsWith("Received: from client.example.org ")
                .contains("Subject: " + subject + "\r\n")
                .doesNotContain("Grüße");
    }

    @Test
    void foreignSenderShouldBeToldTheWayThatMailForHimGoes() throws Exception {
        String joe = "RCPT TO:<jürgen@localhost> NOTIFY=SUCCESS";
        assertThat(bring(ascii, "MAIL FROM:<far@able.example> SMTPUTF8", joe)).startsWith("250 ");
        RecordingServer.Taken toAble = taken(able);
        assertThat(toAble.mail()).isEqualTo("MAIL FROM:<> BODY=8BITMIME");
        assertThat(toAble.recipients()).containsExactly("RCPT TO:<far@able.example> NOTIFY=NEVER");
        assertThat(toAble.withTls()).isTrue();
        assertThat(text(toAble)).contains("\r\nFinal-Recipient: utf-8; jürgen@localhost\r\nAction: delivered\r\n");

        assertThat(bring(ascii, "MAIL FROM:<far@plain.example> SMTPUTF8", joe)).startsWith("250 ");
        List<String> recipients = List.of("RCPT TO:<far@plain.example>");
        RecordingServer.Taken toPlain = taken(plain, taken -> taken.recipients().equals(recipients));
        assertThat(toPlain.mail()).isEqualTo("MAIL FROM:<>");
        assertThat(text(toPlain)).as("converted").doesNotContain("ü");
        assertThat(part(message(toPlain.content()), 0, "text/plain")).contains("    jürgen@localhost\r\n");
    }

    /** Over STARTTLS. {@return the first reply that is not 250, else that to the content} */
    private static String bring(byte[] content, String mail, String... recipients) throws IOException {
        try (SmtpDialogue dialogue = SmtpDialogue.openWithStarttls(gateway.port())) {
            String reply = dialogue.say(mail);
            for (int i = 0; i < recipients.length && reply.startsWith("250"); i++) {
                reply = dialogue.say(recipients[i]);
            }
            return reply.startsWith("250") ? dialogue.content(content) : reply;
        }
    }

    /** {@return the one message or report with this test's subject in it that a server has taken or will take soon} */
    private RecordingServer.Taken taken(RecordingServer server) {
        return taken(server, taken -> text(taken).contains(subject));
    }

    private static RecordingServer.Taken taken(RecordingServer server, Predicate<RecordingServer.Taken> which) {
        Waiting.until("a message at the next hop", () -> server.taken().stream().anyMatch(which));
        List<RecordingServer.Taken> found =
                server.taken().stream().filter(which).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** {@return the one report in a mailbox} */
    private static MimeMessage report(String localPart) throws Exception {
        Waiting.until("a report", () -> !gateway.mailbox(localPart).isEmpty());
        assertThat(gateway.mailbox(localPart)).hasSize(1);
        return message(Files.readAllBytes(gateway.mailbox(localPart).get(0)));
    }

    private static MimeMessage message(byte[] octets) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
    }

    private static String part(MimeMessage report, int index, String type) throws Exception {
        var part = ((MimeMultipart) report.getContent()).getBodyPart(index);
        assertThat(new ContentType(part.getContentType()).getBaseType()).isEqualTo(type);
        try (var in = part.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String text(RecordingServer.Taken taken) {
        return new String(taken.content(), StandardCharsets.UTF_8);
    }
}
