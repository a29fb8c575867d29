package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailParameters;
import org.postern.Mailbox;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.Recipient;
import org.postern.Reply;

/** What stands in a report, read by the mail library of the servers. */
class ReportWriterTest {

    private static final Instant NOW = Instant.parse("2026-11-24T21:07:41Z");
    private static final String STATUS = "message/delivery-status";
    private static final String HEADERS = "text/rfc822-headers";

    private final List<Success> successes = new ArrayList<>();
    private String hostName = "mx.example.org";
    private String sender = "sender@example.net";
    private String header = "Received: from peer\r\nSubject: Hello\r\n";
    private MailParameters parameters = MailParameters.NONE;
    private byte[] written;

    @Test
    void reportShouldSayOfItselfThatAProgramMadeIt() throws Exception {
        delivered("joe@example.org", "");
        MimeMessage report = write();
        assertThat(report.getHeader("From", null)).isEqualTo("Mail gateway <postmaster@mx.example.org>");
        assertThat(report.getHeader("To", null)).isEqualTo("<sender@example.net>");
        assertThat(report.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
        assertThat(report.getHeader("MIME-Version", null)).isEqualTo("1.0");
        assertThat(report.getMessageID()).isEqualTo("<id-1.report@mx.example.org>");
        assertThat(report.getHeader("Date", null)).isEqualTo("Tue, 24 Nov 2026 21:07:41 +0000");
        assertThat(report.getSentDate()).isEqualTo(Date.from(NOW));
        ContentType type = new ContentType(report.getContentType());
        assertThat(type.match("multipart/report")).isTrue();
        assertThat(type.getParameter("report-type")).isEqualTo("delivery-status");
    }

    @Test
    void deliveredRecipientShouldBeToldOfInThreeParts() throws Exception {
        parameters = new MailParameters(false, false, "FULL", "id+3D1");
        delivered("joe@example.org", "rfc822;Joe+2Bx@Example.org");
        MimeMultipart parts = parts();
        assertThat(text(parts, 0, "text/plain")).contains("mailbox of:\r\n    joe@example.org\r\n");
        assertThat(text(parts, 1, STATUS))
                .isEqualTo(lines(
                        "Original-Envelope-Id: id=1",
                        "Reporting-MTA: dns; mx.example.org",
                        "",
                        "Original-Recipient: rfc822;Joe+x@Example.org",
                        "Final-Recipient: rfc822; joe@example.org",
                        "Action: delivered",
                        "Status: 2.0.0"));
        // The header only, though all of it was asked for: that is for failures (RFC 3461 section 6.2).
        assertThat(text(parts, 2, HEADERS)).isEqualTo(header);
    }

    @Test
    void relayedRecipientShouldBeToldOfWithTheServerAndItsReply() throws Exception {
        relayed("ann@example.net", NextHop.of("relay.example.net", 25), new Reply(250, "2.0.0", "Queued as ü1"));
        relayed("bob@example.net", NextHop.of("127.0.0.1", 2525), new Reply(250, "", "OK"));
        relayed("eve@example.net", NextHop.of("::1", 2525), new Reply(250, "", "x".repeat(900)));
        MimeMultipart parts = parts();
        assertThat(text(parts, 0, "text/plain")).contains("    ann@example.net\r\n    bob@example.net\r\n");
        assertThat(text(parts, 1, STATUS))
                .startsWith(lines(
                        "Reporting-MTA: dns; mx.example.org",
                        "",
                        "Final-Recipient: rfc822; ann@example.net",
                        "Action: relayed",
                        "Status: 2.0.0",
                        "Remote-MTA: dns; relay.example.net",
                        "Diagnostic-Code: smtp; 250 2.0.0 Queued as ?1",
                        "",
                        "Final-Recipient: rfc822; bob@example.net",
                        "Action: relayed",
                        "Status: 2.0.0",
                        "Remote-MTA: dns; [127.0.0.1]",
                        "Diagnostic-Code: smtp; 250 OK"))
                .contains("Remote-MTA: dns; [IPv6:::1]\r\nDiagnostic-Code: smtp; 250 xxx");
        assertThat(new String(written, StandardCharsets.US_ASCII)).matches("[\\r\\n\\t -~]*");
        assertThat(new String(written, StandardCharsets.US_ASCII).lines()).allMatch(line -> line.length() <= 998);
        assertThat(encodings()).containsOnly("7bit");
    }

    @Test
    void gatewayWithoutADomainShouldNotSayThatItIsInTheDns() throws Exception {
        delivered("joe@example.org", "");
        hostName = "gateway";
        assertThat(text(parts(), 1, STATUS)).startsWith("Reporting-MTA: x-local-hostname; gateway\r\n");
        hostName = "[192.0.2.1]";
        assertThat(text(parts(), 1, STATUS)).startsWith("Reporting-MTA: x-local-hostname; [192.0.2.1]\r\n");
    }

    @Test
    void messageWithSmtputf8ShouldBeReportedInTheTypesForIt() throws Exception {
        parameters = new MailParameters(true, true, "", "");
        header = "Subject: Grüße\r\n";
        delivered("jürgen@bücher.example", "utf-8;j\\x{FC}rgen@bücher.example");
        MimeMultipart parts = parts();
        assertThat(text(parts, 0, "text/plain")).contains("    jürgen@bücher.example\r\n");
        assertThat(text(parts, 1, "message/global-delivery-status"))
                .contains("Original-Recipient: utf-8;jürgen@bücher.example\r\n"
                        + "Final-Recipient: utf-8; jürgen@bücher.example\r\n");
        assertThat(text(parts, 2, "message/global-headers")).isEqualTo(header);
        assertThat(encodings()).containsExactly("8bit", "8bit", "8bit", "8bit");
    }

    @Test
    void messageWithSmtputf8ThatIsAsciiShouldBeReportedAsAnyOther() throws Exception {
        parameters = new MailParameters(true, true, "", "");
        delivered("joe@example.org", "");
        MimeMultipart parts = parts();
        text(parts, 1, STATUS);
        text(parts, 2, HEADERS);
    }

    @Test
    void internationalSenderShouldStandInTheHeaderAsHeIs() throws Exception {
        parameters = new MailParameters(true, true, "", "");
        sender = "jürgen@example.net";
        delivered("joe@example.org", "");
        Report report = report();
        assertThat(new String(written, StandardCharsets.UTF_8)).contains("\r\nTo: <jürgen@example.net>\r\n");
        Recipient to = Recipient.of("jürgen@example.net");
        assertThat(report.envelopeFor(to).parameters().international()).isTrue();
    }

    @Test
    void headerBeyondAsciiShouldNotBeTakenForUtf8WithoutSmtputf8() throws Exception {
        header = "Subject: Grüße\r\n";
        delivered("joe@example.org", "");
        assertThat(text(parts(), 2, HEADERS)).isEqualTo(header);
        assertThat(encodings()).containsExactly("8bit", "7bit", "7bit", "8bit");
    }

    @Test
    void nothingThatASenderWroteShouldMakeAFieldOrAPart() throws Exception {
        parameters = new MailParameters(false, false, "", "x+0D+0AInjected:+20y");
        header = "Subject: a\r\n--report-\r\nContent-Type: text/html\r\n--report---\r\n";
        delivered("\"a\\\"b: <x>\"@example.org", "rfc822;a+0D+0A+0D+0AInjected:+20y");
        MimeMultipart parts = parts();
        assertThat(parts.getCount()).isEqualTo(3);
        assertThat(text(parts, 1, STATUS).lines()).noneMatch(line -> line.startsWith("Injected"));
        assertThat(text(parts, 2, HEADERS)).isEqualTo(header);
    }

    private void delivered(String recipient, String original) {
        successes.add(new Success(new Recipient(Mailbox.parse(recipient), "SUCCESS", original), Optional.empty()));
    }

    private void relayed(String recipient, NextHop nextHop, Reply reply) {
        Recipient to = new Recipient(Mailbox.parse(recipient), "SUCCESS", "");
        Receipt receipt = new Receipt(nextHop, List.of(new Receipt.Result(to, reply)), reply, Optional.empty(), false);
        successes.add(new Success(to, Optional.of(receipt)));
    }

    private Report report() throws Exception {
        var recipients = successes.stream().map(Success::recipient).toList();
        Envelope envelope = new Envelope(Optional.of(Mailbox.parse(sender)), recipients, parameters);
        var content = MailContent.of((header + "\r\nText\r\n").getBytes(StandardCharsets.UTF_8));
        ReportWriter writer = new ReportWriter(Clock.fixed(NOW, ZoneOffset.UTC), hostName);
        Report report = writer.write(new FakeMail("id-1", envelope, content), Mailbox.parse(sender), successes);
        try (var in = report.content().stream()) {
            written = in.readAllBytes();
        }
        return report;
    }

    private MimeMessage write() throws Exception {
        try (var in = report().content().stream()) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        }
    }

    private MimeMultipart parts() throws Exception {
        MimeMultipart parts = (MimeMultipart) write().getContent();
        assertThat(parts.getCount()).isEqualTo(3);
        return parts;
    }

    private static String text(MimeMultipart parts, int index, String type) throws Exception {
        BodyPart part = parts.getBodyPart(index);
        assertThat(new ContentType(part.getContentType()).getBaseType()).isEqualTo(type);
        try (var in = part.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    /** Of the whole, and of each part. */
    private List<String> encodings() throws Exception {
        MimeMessage report = write();
        List<String> encodings = new ArrayList<>(List.of(report.getHeader("Content-Transfer-Encoding", null)));
        MimeMultipart parts = (MimeMultipart) report.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            encodings.add(((MimePart) parts.getBodyPart(i)).getEncoding());
        }
        return encodings;
    }
}
