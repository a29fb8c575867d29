package org.postern.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.postern.InboundMail;
import org.postern.MailContent;
import org.postern.Mailbox;

/**
 * Writes delivery status notifications: {@code multipart/report} (RFC 6522) of a text for people, the delivery status (RFC 3464) and
 * the header of the message. Where there is something to say in UTF-8 and the message came with SMTPUTF8, the types are those of
 * RFC 6533.
 */
final class ReportWriter {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ENGLISH);
    private static final String END = "\r\n";

    private final Clock clock;
    private final String hostName;

    /**
     * Writes nothing yet.
     *
     * @param clock tells the time of a report, and the zone it is told in
     * @param hostName who reports
     */
    ReportWriter(Clock clock, String hostName) {
        this.clock = clock;
        this.hostName = hostName;
    }

    /**
     * Writes a report.
     *
     * @param mail the message that it is about
     * @param sender whom that came from
     * @param successes what it tells of
     * @return the report
     * @throws IOException if the message cannot be read
     */
    Report write(InboundMail mail, Mailbox sender, List<Success> successes) throws IOException {
        // Not to be guessed by who wrote the header that is part of this.
        String boundary = "report-" + UUID.randomUUID();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<BodyPart> parts = List.of(text(successes), status(mail, successes), original(mail));
        out.writeBytes(header(mail.id(), sender).getBytes(StandardCharsets.UTF_8));
        out.writeBytes(ascii(type(boundary, parts.stream().anyMatch(BodyPart::isEightBit))));
        for (BodyPart part : parts) {
            out.writeBytes(ascii(END + "--" + boundary + END));
            part.writeTo(out);
        }
        out.writeBytes(ascii(END + "--" + boundary + "--" + END));
        return new Report(mail.id(), sender, MailContent.of(out.toByteArray()));
    }

    private String header(String id, Mailbox sender) {
        return String.join(
                END,
                "From: Mail gateway <postmaster@" + hostName + ">",
                "To: <" + sender + ">",
                "Subject: Delivery report: your mail was delivered or relayed",
                "Date: " + DATE.format(ZonedDateTime.now(clock)),
                "Message-ID: <" + id + ".report@" + hostName + ">",
                "Auto-Submitted: auto-replied",
                "MIME-Version: 1.0",
                "");
    }

    private static String type(String boundary, boolean eightBit) {
        return "Content-Type: multipart/report; report-type=delivery-status;" + END
                + "\tboundary=\"" + boundary + "\"" + END
                + "Content-Transfer-Encoding: " + BodyPart.encoding(eightBit) + END;
    }

    private BodyPart text(List<Success> successes) {
        StringBuilder text = new StringBuilder("This is the mail gateway " + hostName + ". You asked to be told when");
        text.append(END).append("your mail reaches somebody.").append(END);
        list(text, "It is now in the mailbox of", "delivered", successes);
        list(
                text,
                "It was relayed to a server that sends no such reports, so this is the last; for",
                "relayed",
                successes);
        return BodyPart.of("text/plain; charset=utf-8", text.toString());
    }

    private static void list(StringBuilder text, String title, String action, List<Success> successes) {
        List<String> lines = successes.stream()
                .filter(success -> success.action().equals(action))
                .map(success -> "    " + success.recipient() + END)
                .toList();
        if (!lines.isEmpty()) {
            text.append(END).append(title).append(':').append(END);
            lines.forEach(text::append);
        }
    }

    private BodyPart status(InboundMail mail, List<Success> successes) {
        String fields = StatusFields.of(hostName, mail.envelope(), successes);
        BodyPart ascii = BodyPart.of("message/delivery-status", fields);
        return ascii.isEightBit() ? new BodyPart("message/global-delivery-status", ascii.content()) : ascii;
    }

    private static BodyPart original(InboundMail mail) throws IOException {
        byte[] header = MessageHeader.of(mail.content());
        boolean global = mail.envelope().parameters().international() && BodyPart.isEightBit(header);
        return new BodyPart(global ? "message/global-headers" : "text/rfc822-headers", header);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
