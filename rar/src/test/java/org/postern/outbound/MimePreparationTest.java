package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.Recipient;

class MimePreparationTest {

    private static final Instant NOW = Instant.parse("2027-01-02T03:04:05Z");

    private final Session session = Session.getInstance(new Properties());
    private final ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    private final MimePreparation preparation =
            new MimePreparation(loader, "gateway.example.org", Clock.fixed(NOW, ZoneOffset.UTC));

    private MimeMessage message;

    @BeforeEach
    void makeMessage() throws MessagingException {
        message = new MimeMessage(session);
        message.setFrom("a@example.org");
        message.setRecipients(RecipientType.TO, "Bea <b@example.org>, c@example.org");
        message.setSubject("x");
        message.setText("one\ntwo\r\nthree\rfour", "us-ascii");
    }

    @Test
    void envelopeShouldHaveSenderAndAllRecipientsOnce() throws Exception {
        message.setRecipients(RecipientType.CC, "d@example.org, b@example.org");
        message.setRecipients(RecipientType.BCC, "e@example.org");
        Envelope envelope = preparation.prepare(message).envelope();
        assertThat(envelope.reversePathText()).isEqualTo("a@example.org");
        assertThat(envelope.recipients())
                .extracting(Recipient::toString)
                .containsExactly("b@example.org", "c@example.org", "d@example.org", "e@example.org");
    }

    @Test
    void membersOfAGroupShouldBeRecipients() throws Exception {
        message.setHeader("To", "Friends: b@example.org, c@example.org;, d@example.org");
        assertThat(preparation.prepare(message).envelope().recipients())
                .extracting(Recipient::toString)
                .containsExactly("b@example.org", "c@example.org", "d@example.org");
    }

    @Test
    void senderFieldShouldWinOverFrom() throws Exception {
        message.setSender(new InternetAddress("secretary@example.org"));
        assertThat(preparation.prepare(message).envelope().reversePathText()).isEqualTo("secretary@example.org");
    }

    @Test
    void bccShouldNotBeSentAndNotBeLost() throws Exception {
        message.setRecipients(RecipientType.BCC, "secret@example.org");
        assertThat(text(preparation.prepare(message).content())).doesNotContain("secret", "Bcc");
        assertThat(message.getRecipients(RecipientType.BCC)).hasSize(1);
    }

    @Test
    void dateAndMessageIdShouldBeAddedWhereTheyAreAbsent() throws Exception {
        String sent = text(preparation.prepare(message).content());
        assertThat(message.getSentDate()).isEqualTo(Date.from(NOW));
        assertThat(sent).contains("Date: Sat, 2 Jan 2027 03:04:05 +0000").contains("\r\nMessage-ID: <");
    }

    @Test
    void dateAndMessageIdOfTheApplicationShouldBeKept() throws Exception {
        Date then = Date.from(NOW.minusSeconds(86_400));
        message.setSentDate(then);
        message.setHeader("Message-ID", "<mine@example.org>");
        String sent = text(preparation.prepare(message).content());
        assertThat(sent).contains("Message-ID: <mine@example.org>\r\n").containsOnlyOnce("Message-ID");
        assertThat(message.getSentDate()).isEqualTo(then);
    }

    @Test
    void parsedMessageShouldBeSentAsItIs() throws Exception {
        String original = "From: a@example.org\r\nTo: b@example.org\r\nDate: Sat, 02 Jan 2027 03:04:05 +0000\r\n"
                + "Message-ID:   <x@example.org>\r\nDKIM-Signature: v=1;\r\n\tb=abc\r\n\r\nbody  \r\n.\r\n";
        assertThat(text(preparation.prepare(parse(original)).content())).isEqualTo(original);
    }

    @Test
    void parsedMessageWithoutMessageIdShouldGetOneAndNothingElse() throws Exception {
        String original =
                "From: a@example.org\r\nTo: b@example.org\r\nDate: Sat, 02 Jan 2027 03:04:05 +0000\r\n\r\nbody\r\n";
        String sent = text(preparation.prepare(parse(original)).content());
        assertThat(sent).containsPattern("Message-ID: <[0-9a-f-]{36}@gateway\\.example\\.org>\r\n");
        assertThat(sent.replaceFirst("Message-ID: .*\r\n", "")).isEqualTo(original);
    }

    @Test
    void linesShouldEndInCrlf() throws Exception {
        assertThat(text(preparation.prepare(message).content())).endsWith("\r\n\r\none\r\ntwo\r\nthree\r\nfour");
    }

    @Test
    void crAtTheEndShouldBeMadeALineEnd() throws IOException {
        CrlfOutput out = new CrlfOutput();
        out.write("a\r".getBytes(StandardCharsets.US_ASCII));
        out.write("\nb\n\nc\r\r".getBytes(StandardCharsets.US_ASCII));
        assertThat(text(out.content())).isEqualTo("a\r\nb\r\n\r\nc\r\n\r\n");
    }

    @Test
    void messageWithoutSenderOrRecipientShouldBeRefused() throws Exception {
        message.removeHeader("From");
        assertThatThrownBy(() -> preparation.prepare(message))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("no sender");
        message.setFrom("a@example.org");
        message.removeHeader("To");
        assertThatThrownBy(() -> preparation.prepare(message))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("no recipient");
    }

    @Test
    void jakartaMailShouldSeeTheClassLoaderThatItNeeds() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader[] seen = new ClassLoader[1];
        MimeMessage watching = new MimeMessage(message) {
            @Override
            public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
                seen[0] = Thread.currentThread().getContextClassLoader();
                super.writeTo(out, ignored);
            }
        };
        preparation.prepare(watching);
        assertThat(seen[0]).isSameAs(loader);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    private MimeMessage parse(String text) throws MessagingException {
        return new MimeMessage(session, new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String text(MailContent content) throws IOException {
        try (InputStream in = content.stream()) {
            byte[] octets = in.readAllBytes();
            assertThat(content.size()).isEqualTo(octets.length);
            return new String(octets, StandardCharsets.US_ASCII);
        }
    }
}
