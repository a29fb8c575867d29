package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** Content beyond ASCII on its way to servers with and without 8BITMIME. */
class ConversionDeliveryTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final String TEXT =
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nthe Größe\r\n";
    private static final SevenBit CONVERSION = new SevenBit(ConversionDeliveryTest.class.getClassLoader());

    @TempDir
    private static Path folder;

    @AutoClose
    private static final TestClients clients = new TestClients();

    private static ClientTls none;

    @AutoClose
    private static TestTls tls;

    @BeforeAll
    static void start() {
        tls = new TestTls(Engine.best(), folder);
        none = tls.client(ClientLevel.NONE);
    }

    @Test
    void serverWithoutItShouldGetAsciiWhereThatIsAllowed() throws Exception {
        try (ScriptedServer server = server(accepting("S: 250 PIPELINING", ""))) {
            send(server, TEXT, Optional.of(CONVERSION));
            assertThat(new String(server.contents().get(0), StandardCharsets.UTF_8))
                    .contains("quoted-printable\r\n\r\nthe Gr=C3=B6=C3=9Fe\r\n");
        }
    }

    @Test
    void serverWithItShouldGetTheMessageAsItIs() throws Exception {
        try (ScriptedServer server = server(accepting("S: 250-8BITMIME\nS: 250 PIPELINING", " BODY=8BITMIME"))) {
            send(server, TEXT, Optional.of(CONVERSION));
            assertThat(new String(server.contents().get(0), StandardCharsets.UTF_8))
                    .contains("the Größe")
                    .doesNotContain("quoted-printable");
        }
    }

    @Test
    void refusedConversionShouldLeaveTheConnectionToOthers() throws Exception {
        try (ScriptedServer server = server(accepting("S: 250 PIPELINING", ""));
                Connection connection = clients.client(() -> none).connection(server.nextHop())) {
            assertRefused(connection, TEXT, Optional.empty(), "it has no 8BITMIME");
            assertRefused(connection, "Subject: ä\r\n\r\nö\r\n", Optional.of(CONVERSION), "a header field has octets");
            connection.send(ENVELOPE, content(TEXT), Optional.of(CONVERSION));
            assertThat(connection.isBroken()).isFalse();
        }
    }

    private static void assertRefused(
            Connection connection, String text, Optional<SevenBit> conversion, String reason) {
        MailDeliveryException refusal = catchThrowableOfType(
                MailDeliveryException.class, () -> connection.send(ENVELOPE, content(text), conversion));
        assertThat(refusal.reply().enhancedStatus()).isEqualTo("5.6.3");
        assertThat(refusal).hasMessageContaining(reason);
    }

    private static void send(ScriptedServer server, String text, Optional<SevenBit> conversion) throws Exception {
        try (Connection connection = clients.client(() -> none).connection(server.nextHop())) {
            connection.send(ENVELOPE, content(text), conversion);
        }
    }

    private static MailContent content(String text) {
        return MailContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ScriptedServer server(String transcript) throws Exception {
        return new ScriptedServer(null, List.of(transcript));
    }

    private static String accepting(String features, String parameters) {
        return """
                S: 220 mx.example.org
                C: EHLO gateway.example.org
                S: 250-mx.example.org
                %s
                C: MAIL FROM:<a@example.org>%s
                C: RCPT TO:<b@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 354 Go
                DATA
                S: 250 2.0.0 Taken
                """
                .formatted(features, parameters);
    }
}
