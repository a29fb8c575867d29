package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.TlsSession;
import org.postern.certificate.ChainPem;
import org.postern.certificate.TestAuthority;
import org.postern.tls.ClientLevel;
import org.postern.tls.Engine;
import org.postern.tls.TlsSettings;

/** What each level makes of a mail server that others made, and what arrived there. With both engines. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ForeignMatrix {

    private final Map<Engine, PolicyBench> benches = new EnumMap<>(Engine.class);
    private TestClients clients;

    /** Starts the servers, with certificates of an authority that is trusted. */
    abstract void startServers(TestAuthority authority, Path folder) throws Exception;

    abstract void stopServers() throws Exception;

    /** {@return the port of the server that shows a certificate; of the one without STARTTLS otherwise} */
    abstract int port(String kind);

    /** Fails if the message with a subject does not arrive, or the server tells of another TLS session than the client. */
    abstract void assertArrived(String subject, TlsSession tls);

    /** {@return how many messages were begun, be it that they arrived or not; what is known at once if it is enough} */
    abstract int begun(int atLeast);

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        clients = new TestClients();
        TestAuthority authority = new TestAuthority("Test CA", Instant.now());
        for (Engine engine : engines()) {
            Path own = folder.resolve(engine.name());
            Path trust = Files.createDirectories(own.resolve("trust"));
            Files.writeString(trust.resolve("shared.pem"), ChainPem.write(List.of(authority.certificate())));
            benches.put(engine, new PolicyBench(own, clients, Map.of(), engine));
        }
        startServers(authority, folder);
    }

    @AfterAll
    void stop() throws Exception {
        benches.values().forEach(PolicyBench::close);
        clients.close();
        stopServers();
    }

    /** The server, and what becomes of a message at ATTEMPT, REQUIRE and REQUIRE_AND_VERIFY; at NONE it goes in clear. */
    @ParameterizedTest
    @CsvSource({
        "ECDSA, TLSv1.3, TLSv1.3, TLSv1.3 verified",
        "RSA, TLSv1.3, TLSv1.3, TLSv1.3 verified",
        "SELF_SIGNED, TLSv1.3, TLSv1.3, UNTRUSTED",
        "EXPIRED, TLSv1.3, TLSv1.3, EXPIRED",
        "NOT_YET_VALID, TLSv1.3, TLSv1.3, NOT_YET_VALID",
        "WRONG_NAME, TLSv1.3, TLSv1.3, NAME_MISMATCH",
        "OF_A_CLIENT, TLSv1.3, TLSv1.3, PURPOSE",
        "UNKNOWN_AUTHORITY, TLSv1.3, TLSv1.3, UNTRUSTED",
        "WITHOUT_STARTTLS, clear, NOT_OFFERED, NOT_OFFERED"
    })
    void levelShouldDecide(String kind, String attempt, String require, String verify) throws Exception {
        for (Engine engine : engines()) {
            check(engine, kind, ClientLevel.NONE, "clear");
            check(engine, kind, ClientLevel.ATTEMPT, attempt);
            check(engine, kind, ClientLevel.REQUIRE, require);
            check(engine, kind, ClientLevel.REQUIRE_AND_VERIFY, verify);
        }
    }

    final void check(Engine engine, String kind, ClientLevel level, String expected) throws Exception {
        int before = begun(0);
        PolicyBench bench = benches.get(engine);
        bench.settings.change(TlsSettings.CLIENT_LEVEL, level.name());
        String what = engine + " " + kind + " " + level;
        String subject = UUID.randomUUID().toString();
        MailContent content =
                MailContent.of(("Subject: " + subject + "\r\n\r\n.\r\n").getBytes(StandardCharsets.UTF_8));
        try (Connection connection = bench.client.connection(NextHop.of("localhost", port(kind)))) {
            Receipt receipt = connection.send(Envelope.of("a@example.org", "b@example.org"), content);
            assertThat(outcome(receipt)).as(what).isEqualTo(expected);
            assertArrived(subject, receipt.tls().orElse(null));
            assertThat(begun(before + 1)).as(what).isEqualTo(before + 1);
        } catch (MailDeliveryException e) {
            assertThat(e.tlsFailure()).as("%s: %s", what, e.getMessage()).isPresent();
            assertThat(e.tlsFailure().get().name()).as(what).isEqualTo(expected);
            assertThat(e.isTemporary()).isTrue();
            assertThat(begun(before))
                    .as("%s: nothing of the mail was said", what)
                    .isEqualTo(before);
        }
    }

    static List<Engine> engines() {
        return new ArrayList<>(new TreeSet<>(List.of(Engine.JDK, Engine.best())));
    }

    private static String outcome(Receipt receipt) {
        return receipt.tls()
                .map(tls -> tls.protocol() + (tls.isVerified() ? " verified" : ""))
                .orElse("clear");
    }
}
