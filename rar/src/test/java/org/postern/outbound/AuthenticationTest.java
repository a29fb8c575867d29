package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Credentials;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.TlsFailure;
import org.postern.certificate.TestAuthority;

/** Who sends is told to a next hop only where nobody else can learn it. */
class AuthenticationTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));
    private static final String SECRET = "pencil-of-joe";

    @AutoClose
    private static final TestClients clients = new TestClients();

    @TempDir
    private Path folder;

    @AutoClose
    private PolicyBench bench;

    @Test
    void plainShouldBeSaidToAVerifiedServer() throws Exception {
        start("REQUIRE_AND_VERIFY");
        assertThat(sent("PLAIN LOGIN", "C: AUTH PLAIN " + base64("\0joe\0" + SECRET) + "\nS: 235 2.7.0 welcome"))
                .isEmpty();
    }

    @Test
    void loginShouldAnswerWhatItIsAsked() throws Exception {
        start("REQUIRE_AND_VERIFY");
        assertThat(sent(
                        "LOGIN",
                        "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: " + base64("joe") + "\nS: 334 UGFzc3dvcmQ6\nC: "
                                + base64(SECRET) + "\nS: 235 welcome"))
                .isEmpty();
    }

    @Test
    void tokenShouldBeSaidByXoauth2() throws Exception {
        start("REQUIRE_AND_VERIFY");
        String first = "C: AUTH XOAUTH2 " + base64("user=joe\1auth=Bearer " + SECRET + "\1\1");
        Credentials token = Credentials.token("joe", SECRET.toCharArray());
        assertThat(sent("PLAIN XOAUTH2", first + "\nS: 235 welcome", token)).isEmpty();
        Optional<MailDeliveryException> failure =
                sent("XOAUTH2", first + "\nS: 334 " + base64("{\"status\":\"401\"}") + "\nC: \nS: 535 5.7.8 No", token);
        assertThat(failure).isPresent();
        assertThat(failure.get().reply().enhancedStatus()).isEqualTo("4.7.8");
    }

    @Test
    void secretShouldNotBeSaidToAServerThatIsNotVerified() throws Exception {
        start("REQUIRE");
        MailDeliveryException failure = sent("PLAIN LOGIN XOAUTH2", "").orElseThrow();
        assertThat(failure).hasMessageContaining("allowUnverifiedAuth").hasMessageNotContaining(SECRET);
        assertThat(failure.isTemporary()).isTrue();
        bench.settings.change(AuthSettings.UNVERIFIED, "true");
        assertThat(sent("PLAIN", "C: AUTH PLAIN " + base64("\0joe\0" + SECRET) + "\nS: 235 welcome"))
                .isEmpty();
    }

    @Test
    void attemptShouldDemandTlsWhenSomebodyIsNamed() throws Exception {
        start("ATTEMPT");
        try (FaultyPeer peer = new FaultyPeer(tls(), FaultyPeer.Way.NO_STARTTLS)) {
            MailDeliveryException failure =
                    catchThrowableOfType(MailDeliveryException.class, () -> send(peer.port(), password()));
            assertThat(failure.tlsFailure()).contains(TlsFailure.NOT_OFFERED);
            assertThat(peer.commands()).noneMatch(command -> command.contains("AUTH") || command.contains("MAIL"));
        }
    }

    @Test
    void nobodyShouldBeNamedInClear() throws Exception {
        start("NONE");
        try (FaultyPeer peer = new FaultyPeer(tls(), FaultyPeer.Way.NO_STARTTLS)) {
            MailDeliveryException failure =
                    catchThrowableOfType(MailDeliveryException.class, () -> send(peer.port(), password()));
            assertThat(failure).hasMessageContaining("clear text");
            assertThat(peer.commands()).noneMatch(command -> command.contains("AUTH") || command.contains("MAIL"));
        }
    }

    @Test
    void refusalShouldBeTemporaryAndNeverShowTheSecret() throws Exception {
        start("REQUIRE_AND_VERIFY");
        MailDeliveryException failure = sent(
                        "PLAIN", "C: AUTH PLAIN " + base64("\0joe\0" + SECRET) + "\nS: 535 5.7.8 Not you")
                .orElseThrow();
        assertThat(failure.reply().toString()).startsWith("454 4.7.8").contains("535 5.7.8 Not you");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause)).doesNotContain(SECRET).doesNotContain(base64("\0joe\0" + SECRET));
        }
        assertThat(password()).hasToString("joe").isEqualTo(password());
        assertThat(password()).isNotEqualTo(Credentials.password("joe", "other".toCharArray()));
    }

    @Test
    void configuredUserShouldBeNamedToTheNextHopOfTheSettingOnly() throws Exception {
        start("REQUIRE_AND_VERIFY");
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        String transcript =
                opening("PLAIN") + "C: AUTH PLAIN " + base64("\0joe\0" + SECRET) + "\nS: 235 welcome\n" + MAIL;
        try (ScriptedServer server = new ScriptedServer(tls(), List.of(transcript, opening("PLAIN") + MAIL))) {
            NextHop hop = server.nextHop();
            bench.settings.change(Map.of(
                    OutboundSettings.NEXT_HOP, hop.toString(),
                    AuthSettings.USER, "joe",
                    AuthSettings.SECRET_FILE, file.toString()));
            try (Connection connection = bench.client.connection(NextHop.forDomain("example.net"))) {
                connection.send(ENVELOPE, CONTENT);
            }
            bench.settings.change(OutboundSettings.NEXT_HOP, "elsewhere.example");
            try (Connection connection = bench.client.connection(hop)) {
                connection.send(ENVELOPE, CONTENT);
            }
        }
        bench.settings.change(OutboundSettings.NEXT_HOP, "localhost:1");
        Files.delete(file);
        MailDeliveryException failure = catchThrowableOfType(
                MailDeliveryException.class,
                () -> bench.client.connection(NextHop.of("localhost", 1)).send(ENVELOPE, CONTENT));
        assertThat(failure.reply().enhancedStatus()).isEqualTo("4.3.5");
        assertThat(failure).hasMessageContaining("nextHopSecretFile");
    }

    private static final String MAIL =
            """
            C: MAIL FROM:<a@example.org>
            S: 250 OK
            C: RCPT TO:<b@example.org>
            S: 250 OK
            C: DATA
            S: 354 Go
            DATA
            S: 250 taken
            """;

    private static String opening(String mechanisms) {
        return """
                S: 220 mx
                C: EHLO gateway.example.org
                S: 250-mx
                S: 250 STARTTLS
                C: STARTTLS
                S: 220 Go ahead
                TLS
                C: EHLO gateway.example.org
                S: 250-mx
                S: 250 AUTH %s
                """
                .formatted(mechanisms);
    }

    private void start(String level) throws IOException {
        bench = new PolicyBench(folder, clients, new HashMap<>(Map.of("clientTlsLevel", level)));
    }

    private javax.net.ssl.SSLContext tls() {
        return bench.server(TestAuthority.Request.server(Instant.now(), "localhost"));
    }

    private Optional<MailDeliveryException> sent(String mechanisms, String dialogue) throws Exception {
        return sent(mechanisms, dialogue, password());
    }

    private Optional<MailDeliveryException> sent(String mechanisms, String dialogue, Credentials credentials)
            throws Exception {
        boolean welcome = dialogue.contains("235");
        String transcript = opening(mechanisms) + dialogue + (dialogue.isEmpty() ? "" : "\n") + (welcome ? MAIL : "");
        try (ScriptedServer server = new ScriptedServer(tls(), List.of(transcript))) {
            send(server.port(), credentials);
            return Optional.empty();
        } catch (MailDeliveryException e) {
            return Optional.of(e);
        }
    }

    private void send(int port, Credentials credentials) throws MailDeliveryException {
        try (Connection connection = bench.client.connection(NextHop.of("localhost", port), Optional.of(credentials))) {
            connection.send(ENVELOPE, CONTENT);
        }
    }

    private static Credentials password() {
        return Credentials.password("joe", SECRET.toCharArray());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
