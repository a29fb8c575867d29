package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.TlsSession;
import org.postern.tls.ClientLevel;
import org.postern.tls.Engine;

/** What each level makes of each kind of server, be the level that of all or a policy's, with both engines. */
class MatrixTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));

    @AutoClose
    private static final TestClients clients = new TestClients();

    @TempDir
    private Path folder;

    /** The server, and what becomes of a message at ATTEMPT, REQUIRE and REQUIRE_AND_VERIFY; at NONE it goes in clear. */
    @ParameterizedTest
    @CsvSource({
        "ECDSA, ENCRYPTED, ENCRYPTED, VERIFIED",
        "RSA, ENCRYPTED, ENCRYPTED, VERIFIED",
        "SELF_SIGNED, ENCRYPTED, ENCRYPTED, UNTRUSTED",
        "EXPIRED, ENCRYPTED, ENCRYPTED, EXPIRED",
        "NOT_YET_VALID, ENCRYPTED, ENCRYPTED, NOT_YET_VALID",
        "WRONG_NAME, ENCRYPTED, ENCRYPTED, NAME_MISMATCH",
        "OF_A_CLIENT, ENCRYPTED, ENCRYPTED, PURPOSE",
        "UNKNOWN_AUTHORITY, ENCRYPTED, ENCRYPTED, UNTRUSTED",
        "NO_STARTTLS, CLEAR, NOT_OFFERED, NOT_OFFERED",
        "STARTTLS_REFUSED, CLEAR, REFUSED, REFUSED",
        "HANDSHAKE_BROKEN, CLEAR, HANDSHAKE, HANDSHAKE",
        "OLD_TLS_ONLY, CLEAR, PROTOCOL, PROTOCOL",
        "INJECTED, INJECTED, INJECTED, INJECTED"
    })
    void levelShouldDecide(String kind, String attempt, String require, String verify) throws Exception {
        for (Engine engine : List.of(Engine.JDK, Engine.best())) {
            for (boolean byPolicy : List.of(false, true)) {
                check(engine, kind, byPolicy, ClientLevel.NONE, "CLEAR");
                check(engine, kind, byPolicy, ClientLevel.ATTEMPT, attempt);
                check(engine, kind, byPolicy, ClientLevel.REQUIRE, require);
                check(engine, kind, byPolicy, ClientLevel.REQUIRE_AND_VERIFY, verify);
            }
        }
    }

    private void check(Engine engine, String kind, boolean byPolicy, ClientLevel level, String expected)
            throws Exception {
        String other = level == ClientLevel.NONE ? "REQUIRE_AND_VERIFY" : "NONE";
        Map<String, String> configured = byPolicy
                ? Map.of("clientTlsLevel", other, "policies", "localhost level=" + level)
                : Map.of("clientTlsLevel", level.name(), "policies", "elsewhere.example level=" + other);
        Path own = Files.createTempDirectory(folder, "bench");
        try (PolicyBench bench = new PolicyBench(own, clients, configured, engine);
                FaultyPeer peer = new FaultyPeer(context(bench, kind), way(kind));
                Connection connection = bench.client.connection(NextHop.of("localhost", peer.port()))) {
            String what = engine + " " + kind + " " + level + (byPolicy ? " by policy" : "");
            assertThat(outcome(connection)).as(what).isEqualTo(expected);
            boolean delivered = List.of("CLEAR", "ENCRYPTED", "VERIFIED").contains(expected);
            assertThat(peer.messages()).as(what).hasSize(delivered ? 1 : 0);
            if (!expected.equals("CLEAR")) {
                assertThat(peer.commands())
                        .as("%s: nothing of the mail in clear", what)
                        .noneMatch(command -> command.startsWith("clear MAIL"));
            }
        }
    }

    private static String outcome(Connection connection) {
        try {
            Receipt receipt = connection.send(ENVELOPE, CONTENT);
            return receipt.tls()
                    .map(session ->
                            session.verification() == TlsSession.Verification.VERIFIED ? "VERIFIED" : "ENCRYPTED")
                    .orElse("CLEAR");
        } catch (MailDeliveryException e) {
            assertThat(e.isTemporary()).isTrue();
            assertThat(e.reply().enhancedStatus())
                    .isEqualTo(e.tlsFailure().orElseThrow().enhancedStatus());
            return e.tlsFailure().orElseThrow().name();
        }
    }

    private static boolean isCertificate(String kind) {
        return Arrays.stream(ServedCertificate.values())
                .anyMatch(served -> served.name().equals(kind));
    }

    private static FaultyPeer.Way way(String kind) {
        return isCertificate(kind) ? FaultyPeer.Way.GOOD : FaultyPeer.Way.valueOf(kind);
    }

    private static SSLContext context(PolicyBench bench, String kind) {
        ServedCertificate served = isCertificate(kind) ? ServedCertificate.valueOf(kind) : ServedCertificate.ECDSA;
        return PolicyBench.server(served.issue(bench.authority));
    }
}
