package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.Receipt;
import org.postern.TlsFailure;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** What each client level does with each kind of server. Nothing of a message goes out in clear where TLS is demanded. */
abstract class LevelTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT =
            MailContent.of("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8));

    private static final String GREETING =
            """
            S: 220 mx.example.org ESMTP
            C: EHLO gateway.example.org
            S: 250-mx.example.org
            """;
    private static final String OFFERED =
            GREETING + """
            S: 250-PIPELINING
            S: 250 STARTTLS
            """;
    private static final String MESSAGE =
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
    private static final String PIPELINED_MESSAGE =
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.org>
            C: DATA
            S: 250 OK
            S: 250 OK
            S: 354 Go
            DATA
            S: 250 taken
            """;
    private static final String GO_AHEAD =
            OFFERED + """
            C: STARTTLS
            S: 220 Go ahead
            """;
    private static final String OVER_TLS = GO_AHEAD
            + """
            TLS
            C: EHLO gateway.example.org
            S: 250 mx.example.org
            """
            + MESSAGE;
    private static final String WITHOUT_EHLO =
            """
            S: 220 mx.example.org
            C: EHLO gateway.example.org
            S: 502 What?
            C: HELO gateway.example.org
            S: 250 mx.example.org
            """;
    private static final String NOT_OFFERED = GREETING + "S: 250 SIZE\n";
    private static final String SIZED_MESSAGE =
            MESSAGE.replace("MAIL FROM:<a@example.org>", "MAIL FROM:<a@example.org> SIZE=17");

    private static TestClients clients;

    private final Engine engine;

    @TempDir
    private Path folder;

    private TestTls tls;

    LevelTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeAll
    static void startClients() {
        clients = new TestClients();
    }

    @AfterAll
    static void stopClients() {
        clients.close();
    }

    @AfterEach
    void releaseContexts() {
        tls.close();
    }

    @BeforeEach
    void makeCertificates() {
        tls = new TestTls(engine, folder);
    }

    @Test
    void noneShouldNeverStartTls() throws Exception {
        Receipt receipt = deliver(ClientLevel.NONE, OFFERED + PIPELINED_MESSAGE);
        assertThat(receipt.tls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ATTEMPT", "REQUIRE", "REQUIRE_AND_VERIFY"})
    void offeredTlsShouldBeUsedAndWhatWasLearnedBeforeForgotten(ClientLevel level) throws Exception {
        Receipt receipt = deliver(level, OVER_TLS);
        assertThat(receipt.tls()).isPresent();
        assertThat(receipt.tls().orElseThrow().protocol()).isEqualTo("TLSv1.3");
        assertThat(receipt.tls().orElseThrow().isVerified()).isEqualTo(level == ClientLevel.REQUIRE_AND_VERIFY);
    }

    @Test
    void attemptShouldGoOnInClearWhereTlsIsNotOffered() throws Exception {
        assertThat(deliver(ClientLevel.ATTEMPT, NOT_OFFERED + SIZED_MESSAGE).tls())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRE", "REQUIRE_AND_VERIFY"})
    void demandedTlsThatIsNotOfferedShouldKeepTheMessage(ClientLevel level) throws Exception {
        expect(fail(level, NOT_OFFERED), TlsFailure.NOT_OFFERED, "4.7.4");
        expect(fail(level, WITHOUT_EHLO), TlsFailure.NOT_OFFERED, "4.7.4");
    }

    @Test
    void attemptShouldGoOnInClearOnTheSameConnectionWhereTlsIsRefused() throws Exception {
        String refused =
                OFFERED + """
                C: STARTTLS
                S: 454 4.7.0 Not now
                """;
        assertThat(deliver(ClientLevel.ATTEMPT, refused + PIPELINED_MESSAGE).tls())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRE", "REQUIRE_AND_VERIFY"})
    void demandedTlsThatIsRefusedShouldKeepTheMessage(ClientLevel level) throws Exception {
        String refused =
                OFFERED + """
                C: STARTTLS
                S: 502 5.5.1 Never
                """;
        MailDeliveryException failure = fail(level, refused);
        expect(failure, TlsFailure.REFUSED, "4.7.4");
        assertThat(failure).hasMessageContaining("502 5.5.1 Never");
    }

    @Test
    void attemptShouldTryOnceMoreInClearAfterAFailedHandshake() throws Exception {
        List<String> transcripts = new ArrayList<>(brokenHandshakes());
        transcripts.add(OFFERED + PIPELINED_MESSAGE);
        try (ScriptedServer server = new ScriptedServer(tls.server(), transcripts)) {
            Client client = clients.client(always(ClientLevel.ATTEMPT));
            assertThat(send(client, server).tls()).isEmpty();
            assertThat(client.statistics().tlsFailures(TlsFailure.HANDSHAKE)).isEqualTo(1);
            assertThat(client.statistics().clearRetries()).isEqualTo(1);
            assertThat(client.statistics().clearConnections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRE", "REQUIRE_AND_VERIFY"})
    void demandedTlsWhoseHandshakeFailsShouldKeepTheMessage(ClientLevel level) throws Exception {
        expect(fail(level, tls.server(), brokenHandshakes()), TlsFailure.HANDSHAKE, "4.7.0");
    }

    @Test
    void serverThatBreaksOnALongHelloShouldBeTriedWithAShortOne() throws Exception {
        assumeTrue(engine.hasHybrid());
        List<String> transcripts = List.of(GO_AHEAD + "PEEK\nHANG UP", OVER_TLS);
        try (ScriptedServer server = new ScriptedServer(tls.server(), transcripts)) {
            Receipt receipt = send(clients.client(always(ClientLevel.REQUIRE)), server);
            assertThat(receipt.tls()).isPresent();
        }
    }

    @Test
    void unverifiedServerShouldGetNothingAtRequireAndVerify() throws Exception {
        List<String> transcripts = List.of(GO_AHEAD + "TLS FAILS");
        MailDeliveryException failure = fail(ClientLevel.REQUIRE_AND_VERIFY, tls.stranger(), transcripts);
        expect(failure, TlsFailure.UNTRUSTED, "4.7.5");
    }

    @ParameterizedTest
    @EnumSource(names = {"ATTEMPT", "REQUIRE"})
    void unverifiedServerShouldBeGoodEnoughBelow(ClientLevel level) throws Exception {
        try (ScriptedServer server = new ScriptedServer(tls.stranger(), List.of(OVER_TLS))) {
            assertThat(send(clients.client(always(level)), server).tls()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ATTEMPT", "REQUIRE", "REQUIRE_AND_VERIFY"})
    void clearTextBehindTheGoAheadShouldEndTheConnectionWithoutARetry(ClientLevel level) throws Exception {
        expect(fail(level, GO_AHEAD + "S: 250 injected"), TlsFailure.INJECTED, "4.7.0");
        expect(fail(level, GO_AHEAD + "S: 250-half"), TlsFailure.INJECTED, "4.7.0");
    }

    @ParameterizedTest
    @EnumSource(names = {"ATTEMPT", "REQUIRE", "REQUIRE_AND_VERIFY"})
    void clearTextInAPacketOfItsOwnShouldBeAnInjectionToo(ClientLevel level) throws Exception {
        expect(fail(level, GO_AHEAD + "PEEK\nS: 250-mx injected\nS: 250 AUTH\nHANG UP"), TlsFailure.INJECTED, "4.7.0");
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUIRE", "REQUIRE_AND_VERIFY"})
    void lostConnectionAtStarttlsShouldNotLeadToClearText(ClientLevel level) throws Exception {
        expect(fail(level, OFFERED + "C: STARTTLS\nHANG UP"), TlsFailure.REFUSED, "4.7.4");
    }

    /** One for the long hello, where there is one, and one for the short. */
    private List<String> brokenHandshakes() {
        return Collections.nCopies(engine.hasHybrid() ? 2 : 1, GO_AHEAD + "PEEK\nHANG UP");
    }

    private Supplier<ClientTls> always(ClientLevel level) {
        ClientTls settings = tls.client(level);
        return () -> settings;
    }

    private Receipt deliver(ClientLevel level, String transcript) throws Exception {
        try (ScriptedServer server = new ScriptedServer(tls.server(), List.of(transcript))) {
            Client client = clients.client(always(level));
            Receipt receipt = send(client, server);
            assertThat(receipt.isComplete()).isTrue();
            assertThat(client.statistics().delivered()).isEqualTo(1);
            return receipt;
        }
    }

    private MailDeliveryException fail(ClientLevel level, String transcript) throws Exception {
        return fail(level, tls.server(), List.of(transcript));
    }

    /** A connection more than there are transcripts would not be answered, and is not made. */
    private MailDeliveryException fail(ClientLevel level, SSLContext served, List<String> transcripts)
            throws Exception {
        try (ScriptedServer server = new ScriptedServer(served, transcripts)) {
            Client client = clients.client(always(level));
            MailDeliveryException failure =
                    catchThrowableOfType(MailDeliveryException.class, () -> send(client, server));
            assertThat(failure).isNotNull();
            assertThat(server.sessions()).isEqualTo(transcripts.size());
            assertThat(client.statistics().clearRetries()).isZero();
            assertThat(client.statistics().notDelivered()).isEqualTo(1);
            failure.tlsFailure()
                    .ifPresent(reason ->
                            assertThat(client.statistics().tlsFailures(reason)).isEqualTo(1));
            return failure;
        }
    }

    private static void expect(MailDeliveryException failure, TlsFailure reason, String status) {
        assertThat(failure.tlsFailure()).contains(reason);
        assertThat(failure.reply().enhancedStatus()).isEqualTo(status);
        assertThat(failure.isTemporary()).isTrue();
        assertThat(failure).hasMessageContaining("localhost:").hasMessageContaining(reason.sentence());
    }

    private static Receipt send(Client client, ScriptedServer server) throws MailDeliveryException {
        try (Connection connection = client.connection(server.nextHop())) {
            return connection.send(ENVELOPE, CONTENT);
        }
    }
}
