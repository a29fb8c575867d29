package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postern.OpenSslTool;
import org.postern.TlsFailure;
import org.postern.TlsSession;
import org.postern.TlsSession.Verification;
import org.postern.certificate.ChainPem;
import org.postern.certificate.Entry;
import org.postern.certificate.Fingerprints;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;
import org.postern.certificate.TestFiles;
import org.postern.container.TestClient;
import org.postern.tls.Engine;
import org.postern.tls.TlsSettings;

/** What senders show, from the handshake to the application. */
class ClientCertificateTest {

    private static final Instant NOW = Instant.now();
    private static final TestAuthority AUTHORITY = new TestAuthority("Our CA", NOW);
    private static final Entry KNOWN = AUTHORITY.issue(Request.client(NOW, "client.example"));
    private static final Entry STRANGER =
            new TestAuthority("Another CA", NOW).issue(Request.client(NOW, "client.example"));
    private static final Entry EXPIRED =
            AUTHORITY.issue(Request.client(NOW, "client.example").valid(NOW.minusSeconds(90), NOW.minusSeconds(60)));
    private static final Entry WRONG_PURPOSE = AUTHORITY.issue(Request.server(NOW, "client.example"));

    @TempDir
    private Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void whatWasShownShouldReachTheApplicationAndTheTraceField(Engine engine) throws Exception {
        try (TestListener server = start(engine, "ATTEMPT", "REQUEST")) {
            check(send(server, null), Verification.NONE_SHOWN, null, "client certificate: none)");
            check(
                    send(server, KNOWN),
                    Verification.VERIFIED,
                    null,
                    "client certificate: CN=subject.example, verified)");
            check(
                    send(server, STRANGER),
                    Verification.FAILED,
                    TlsFailure.UNTRUSTED,
                    "CN=subject.example, not verified: the certificate is not issued by a trusted authority)");
            check(send(server, EXPIRED), Verification.FAILED, TlsFailure.EXPIRED, "the certificate has expired)");
            check(send(server, WRONG_PURPOSE), Verification.FAILED, TlsFailure.PURPOSE, "not meant for this purpose)");
        }
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void nobodyShouldBeAskedWhereNobodyIsToBe(Engine engine) throws Exception {
        try (TestListener server = start(engine, "REQUIRE", "DO_NOT_REQUEST")) {
            check(send(server, KNOWN), Verification.NONE_SHOWN, null, "client certificate: none)");
        }
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void mailShouldBeTakenOnlyWithACertificateThatVerifiesWhereOneIsRequired(Engine engine) throws Exception {
        try (TestListener server = start(engine, "REQUIRE", "REQUIRE")) {
            for (Entry refused : new Entry[] {null, STRANGER, EXPIRED, WRONG_PURPOSE}) {
                assertThat(catchThrowable(() -> send(server, refused))).isInstanceOf(IOException.class);
            }
            assertThat(deliveries.taken).isEmpty();
            assertThat(server.listener.statistics().tlsFailures())
                    .containsEntry("UNTRUSTED", 1L)
                    .containsEntry("EXPIRED", 1L)
                    .containsEntry("PURPOSE", 1L);
            check(send(server, KNOWN), Verification.VERIFIED, null, "verified)");
        }
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void allowedClientsShouldHoldFromTheNextSessionOn(Engine engine) throws Exception {
        Entry other = AUTHORITY.issue(Request.client(NOW, "other.example"));
        try (TestListener server = start(engine, "REQUIRE", "REQUIRE");
                TestClient early = connect(server, other)) {
            server.settings.change(TlsSettings.ALLOWED_CLIENTS, Fingerprints.of(KNOWN.certificate()));
            assertThat(catchThrowable(() -> send(server, other))).isInstanceOf(IOException.class);
            assertThat(server.listener.statistics().tlsFailures()).containsEntry("PIN_MISMATCH", 1L);
            check(send(server, KNOWN), Verification.VERIFIED, null, "verified)");
            assertThat(early.ask("NOOP")).startsWith("250");
            server.settings.change(TlsSettings.ALLOWED_CLIENTS, "");
            check(send(server, other), Verification.VERIFIED, null, "verified)");
        }
    }

    @ParameterizedTest
    @MethodSource("org.postern.tls.Engines#available")
    void clientOfOpensslShouldVerifyAndResumeUntilItsModeChanges(Engine engine) throws Exception {
        OpenSslTool.require();
        String pem = TestFiles.pem(KNOWN, folder.resolve("client.pem")).toString();
        String session = folder.resolve("session").toString();
        for (String version : List.of("-tls1_3", "-tls1_2")) {
            try (TestListener server = start(engine, "ATTEMPT", "REQUEST")) {
                String first = openssl(server, version, "-cert", pem, "-sess_out", session);
                assertThat(first).contains("New, TLSv1").contains("221 ");
                if (version.equals("-tls1_3")) {
                    assertThat(first).as("0-RTT is off").contains("Max Early Data: 0");
                }
                String second = openssl(server, version, "-cert", pem, "-sess_in", session);
                assertThat(second).contains("Reused, TLSv1");
                assertThat(deliveries.taken).hasSize(2).allSatisfy(taken -> assertThat(
                                taken.tls().orElseThrow().isVerified())
                        .isTrue());
                server.settings.change(TlsSettings.CLIENT_CERTIFICATE, "DO_NOT_REQUEST");
                assertThat(openssl(server, version, "-cert", pem, "-sess_in", session))
                        .contains("New, TLSv1");
                deliveries.taken.clear();
            }
        }
    }

    private static String openssl(TestListener server, String... options) throws IOException {
        var all = new java.util.ArrayList<>(
                List.of("-starttls", "smtp", "-crlf", "-ign_eof", "-nocommands", "-servername", "mx.example.org"));
        all.addAll(List.of(options));
        String dialogue = "EHLO client.example\nMAIL FROM:<a@client.example>\nRCPT TO:<b@accepted.example>\nDATA\n"
                + "Subject: x\n\nx\n.\nQUIT\n";
        return OpenSslTool.client(server.address(), dialogue, all.toArray(String[]::new));
    }

    private TestListener start(Engine engine, String level, String mode) throws IOException {
        TestListener server = new TestListener(
                folder.resolve(engine.name() + level + mode + System.nanoTime()), deliveries, Map.of(), engine);
        server.trustStore.add("ours", ChainPem.write(List.of(AUTHORITY.certificate())));
        server.settings.change(Map.of(TlsSettings.SERVER_LEVEL, level, TlsSettings.CLIENT_CERTIFICATE, mode));
        return server;
    }

    private static TestClient connect(TestListener server, Entry shown) throws IOException {
        TestClient client = new TestClient(server.address(), false);
        client.reply();
        client.ask("STARTTLS");
        client.tls(shown == null ? null : TestFiles.keyManagers(shown));
        String reply = client.ask("EHLO client.example");
        if (reply == null) {
            throw new IOException("The server closed the connection.");
        }
        return client;
    }

    private TestDeliveries.Taken send(TestListener server, Entry shown) throws IOException {
        try (TestClient client = connect(server, shown)) {
            assertThat(client.envelope("b@accepted.example")).startsWith("354");
            assertThat(client.ask("Subject: x\r\n\r\nx\r\n.")).startsWith("250");
            return deliveries.taken.remove(0);
        }
    }

    private static void check(
            TestDeliveries.Taken mail, Verification verification, TlsFailure failure, String comment) {
        TlsSession session = mail.tls().orElseThrow();
        assertThat(session.verification()).isEqualTo(verification);
        assertThat(session.failure().orElse(null)).isEqualTo(failure);
        assertThat(mail.content().replaceAll("\r\n\\s+", " ")).contains(comment);
    }
}
