package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.smtp.client.Content;

/** Conversion of content beyond ASCII: what comes out is ASCII, says the same, and is otherwise what went in. */
class SevenBitTest {

    private static final NextHop HOP = NextHop.of("mx.example.org", 25);

    private final ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    private final SevenBit conversion = new SevenBit(loader);

    @Test
    void textShouldBecomeQuotedPrintableAndKeepItsHeader() throws Exception {
        String converted = convert(
                """
                Received: from a by b;
                \t Tue, 24 Nov 2026 12:00:00 +0000
                Subject:  two  spaces
                MIME-Version: 1.0
                content-transfer-encoding: 8bit
                Content-Type: text/plain;
                 charset=utf-8
                X-Last: yes

                Größe = 5
                .
                trailing space\040
                """);
        assertThat(converted)
                .isEqualTo(
                        crlf(
                                """
                        Received: from a by b;
                        \t Tue, 24 Nov 2026 12:00:00 +0000
                        Subject:  two  spaces
                        MIME-Version: 1.0
                        Content-Type: text/plain;
                         charset=utf-8
                        X-Last: yes
                        Content-Transfer-Encoding: quoted-printable

                        Gr=C3=B6=C3=9Fe =3D 5
                        .
                        trailing space=20
                        """));
    }

    @Test
    void textThatIsMostlyBeyondAsciiShouldBecomeBase64() throws Exception {
        String text = "Здравствуйте, товарищи\r\n".repeat(50);
        String converted = convert("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + text);
        assertThat(converted).contains("Content-Transfer-Encoding: base64");
        assertThat(parse(converted).getContent()).isEqualTo(text);
    }

    @Test
    void longLinesShouldBecomeShortAndReadAsBefore() throws Exception {
        String text = ("ä" + "x".repeat(5_000) + "\r\n").repeat(3);
        String converted = convert("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + text);
        assertThat(parse(converted).getContent()).isEqualTo(text);
    }

    @Test
    void textThatNamesNoCharacterSetShouldBeOfAnUnknownOne() throws Exception {
        assertThat(convert("Subject: x\n\nno ä\n"))
                .isEqualTo(
                        crlf(
                                """
                        Subject: x
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=unknown-8bit
                        Content-Transfer-Encoding: quoted-printable

                        no =C3=A4
                        """));
    }

    @Test
    void onlyPartsBeyondAsciiShouldBeTouched() throws Exception {
        assertThat(convert(text("nested.txt"))).isEqualTo(crlf(text("nested-ascii.txt")));
    }

    @Test
    void messageWithinAMessageShouldBeConvertedByItsParts() throws Exception {
        String converted = convert(
                """
                MIME-Version: 1.0
                Content-Type: multipart/digest; boundary=d

                --d

                Subject: by default a message

                ä
                --d
                Content-Type: message/rfc822
                Content-Transfer-Encoding: 8bit

                Subject: inner
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                ö
                --d--
                """);
        MimeMultipart digest = (MimeMultipart) parse(converted).getContent();
        MimeMessage first = new MimeMessage(null, digest.getBodyPart(0).getInputStream());
        assertThat(first.getSubject()).isEqualTo("by default a message");
        assertThat(first.getContentType()).contains("unknown-8bit");
        assertThat(new String(first.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("ä");
        MimeMessage second = (MimeMessage) digest.getBodyPart(1).getContent();
        assertThat(second.getContent()).isEqualTo("ö");
        assertThat(digest.getBodyPart(1).getHeader("Content-Transfer-Encoding")).containsExactly("7bit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: ä\n\nö\n|a header field has octets beyond ASCII",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; name=ä\n\nx\n--b--\n"
                        + "|a header field has octets",
                "Content-Type: multipart/signed; boundary=b\n\n--b\n\nä\n--b\n\nx\n--b--\n|a signed part must not be changed",
                "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/signed; boundary=b\n\n--b\n\nä\n--b\n"
                        + "\nx\n--b--\n--o--\n|a signed part must not be changed",
                "Content-Type: message/partial; id=x; number=1\n\nä\n|message/partial must not be encoded",
                "Content-Transfer-Encoding: base64\n\nä\n|says that it is encoded as base64 and is not",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nä\n|not bounded",
                "Content-Type: multipart/mixed\n\n--b\n\nä\n--b--\n|not bounded",
                "Content-Type: nonsense\n\nä\n|cannot be read as MIME"
            })
    void whatCannotBeConvertedShouldBeRefused(String text) {
        int bar = text.indexOf('|');
        MailDeliveryException refusal =
                catchThrowableOfType(MailDeliveryException.class, () -> convert(text.substring(0, bar)));
        assertThat(refusal.reply().code()).isEqualTo(554);
        assertThat(refusal.reply().enhancedStatus()).isEqualTo("5.6.3");
        assertThat(refusal)
                .hasMessageContaining("nor can this be converted, as")
                .hasMessageContaining(text.substring(bar + 1));
    }

    @Test
    void deepNestingShouldBeRefused() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            text.append("Content-Type: message/rfc822\n\n");
        }
        MailDeliveryException refusal =
                catchThrowableOfType(MailDeliveryException.class, () -> convert(text + "Subject: x\n\nä\n"));
        assertThat(refusal).hasMessageContaining("nested more than 50 deep");
    }

    @Test
    void jakartaMailShouldBeCalledUnderTheAdaptersLoaderAndTheThreadsBeGivenBack() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader[] seen = new ClassLoader[1];
        Content content = Content.check(new MailContent() {
            @Override
            public InputStream stream() {
                return new ByteArrayInputStream(
                        ("x".repeat(Content.SMALL) + "\r\n\r\nä").getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public synchronized byte[] readAllBytes() {
                        seen[0] = Thread.currentThread().getContextClassLoader();
                        return super.readAllBytes();
                    }
                };
            }

            @Override
            public long size() {
                return Content.SMALL + 6;
            }
        });
        conversion.convert(HOP, content);
        assertThat(seen[0]).isSameAs(loader);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    private String convert(String text) throws MailDeliveryException, IOException {
        Content content = Content.check(MailContent.of(crlf(text).getBytes(StandardCharsets.UTF_8)));
        assertThat(content.isEightBit()).isTrue();
        Content converted = conversion.convert(HOP, content);
        assertThat(converted.isEightBit()).isFalse();
        String result = new String(converted.stream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(result.lines()).allMatch(line -> line.length() <= 78);
        return result;
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = SevenBitTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static MimeMessage parse(String text) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String crlf(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }
}
