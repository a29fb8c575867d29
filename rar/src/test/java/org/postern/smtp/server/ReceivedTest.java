package org.postern.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.TlsSession;
import org.postern.certificate.TestAuthority;
import org.postern.smtp.server.SessionFacts.Starttls;

class ReceivedTest {

    private static final ZonedDateTime AT = ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
    private static final int LONGEST_LINE = 998;

    private final Session session = session();

    @Test
    void onlyRecipientShouldBeNamed() {
        assertThat(field("EHLO client.example", "<one@example.org>"))
                .isEqualTo("Received: from client.example ([127.0.0.1])\r\n"
                        + "\tby mx.example.org (Postern) with ESMTP id id1\r\n"
                        + "\tfor <one@example.org>;\r\n"
                        + "\tFri, 02 Jan 2026 03:04:05 +0000\r\n");
    }

    @Test
    void dateShouldBeThatOfTheMessageWhateverCameBefore() {
        field("EHLO client.example", "<one@example.org>");
        ZonedDateTime next = AT.plusSeconds(1);
        ZonedDateTime elsewhere = AT.withZoneSameInstant(ZoneOffset.ofHours(1));
        assertThat(Stream.of(AT, next, AT.plusNanos(1), elsewhere, AT).map(this::date))
                .containsExactly(
                        "Fri, 02 Jan 2026 03:04:05 +0000",
                        "Fri, 02 Jan 2026 03:04:06 +0000",
                        "Fri, 02 Jan 2026 03:04:05 +0000",
                        "Fri, 02 Jan 2026 04:04:05 +0100",
                        "Fri, 02 Jan 2026 03:04:05 +0000");
    }

    private String date(ZonedDateTime at) {
        String field = Received.field(session, session.envelope(), "id1", at);
        return field.substring(field.lastIndexOf('\t') + 1).strip();
    }

    @Test
    void noneOfSeveralRecipientsShouldBeNamed() {
        assertThat(field("EHLO client.example", "<one@example.org>", "<two@example.org>"))
                .isEqualTo("Received: from client.example ([127.0.0.1])\r\n"
                        + "\tby mx.example.org (Postern) with ESMTP id id1;\r\n"
                        + "\tFri, 02 Jan 2026 03:04:05 +0000\r\n");
    }

    @Test
    void protocolShouldBeSmtpAfterHelo() {
        assertThat(field("HELO client.example", "<one@example.org>")).contains(" with SMTP id id1\r\n");
        tls(List.of());
        // RFC 3848 has a keyword for TLS after EHLO only; the comment tells of it.
        assertThat(field("HELO client.example", "<one@example.org>"))
                .contains(" with SMTP id id1\r\n\t(TLSv1.3 TLS_AES_256_GCM_SHA384, client certificate: none)\r\n");
    }

    @Test
    void protocolShouldTellOfTls() {
        tls(List.of());
        assertThat(field("EHLO client.example", "<one@example.org>")).contains(" with ESMTPS id id1\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "line\\0D\\0AX-Injected: yes",
                "line\\0D\\0A\\0D\\0Abody",
                "end of the comment); Thu\\, 01 Jan 1970 00:00:00 -0000",
                "begin of another (((",
                "backslash before the end \\\\",
                "a \\\"quoted\\\" name \\\"",
                "Gr\u00fc\u00dfe \u2028 \u4e2d",
                "nul \\00 and escape \\1B[2J"
            })
    void subjectOfAClientCertificateShouldStayWithinItsComment(String name) {
        X509Certificate certificate = new TestAuthority(name, Instant.now()).certificate();
        tls(List.of(certificate));
        String field = field("EHLO client.example", "<one@example.org>");
        assertThat(field)
                .matches("Received: from client\\.example \\(\\[127\\.0\\.0\\.1]\\)\r\n"
                        + "\tby mx\\.example\\.org \\(Postern\\) with ESMTPS id id1\r\n"
                        + "\t\\(TLSv1\\.3 TLS_AES_256_GCM_SHA384, client certificate: CN=[ -~&&[^()\\\\]]+, verified\\)\r\n"
                        + "\tfor <one@example\\.org>;\r\n"
                        + "\tFri, 02 Jan 2026 03:04:05 \\+0000\r\n");
    }

    @Test
    void longSubjectShouldBeCut() {
        tls(List.of(new TestAuthority("x".repeat(5_000), Instant.now()).certificate()));
        assertThat(field("EHLO client.example", "<one@example.org>").split("\r\n"))
                .allMatch(line -> line.length() <= LONGEST_LINE)
                .hasSize(5);
    }

    private String field(String hello, String... recipients) {
        session.command(hello);
        session.command("MAIL FROM:<sender@client.example>");
        for (String recipient : recipients) {
            assertThat(session.command("RCPT TO:" + recipient).code()).isEqualTo(250);
        }
        return Received.field(session, session.envelope(), "id1", AT);
    }

    private void tls(List<X509Certificate> shown) {
        session.tlsBegan(new TlsSession(
                "TLSv1.3",
                "TLS_AES_256_GCM_SHA384",
                shown,
                shown.isEmpty() ? TlsSession.Verification.NONE_SHOWN : TlsSession.Verification.VERIFIED,
                Optional.empty(),
                Optional.empty()));
    }

    private static Session session() {
        var peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        return new Session(
                new SessionFacts("s1", peer, "mx.example.org", Starttls.AVAILABLE, false, 0, 0), new Welcoming());
    }
}
