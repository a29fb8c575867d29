package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postern.Credentials;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** Who sends is proven by SCRAM-SHA-256 to a server whose certificate is not verified, and which has to prove itself the same way. */
class ScramTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));
    private static final String SECRET = "pencil-of-joe";

    @AutoClose
    private static final TestClients clients = new TestClients();

    @AutoClose
    private static TestTls tls;

    private static ClientTls required;

    @BeforeAll
    static void start(@TempDir Path folder) {
        tls = new TestTls(Engine.best(), folder);
        required = tls.client(ClientLevel.REQUIRE);
    }

    @Test
    void senderShouldBeProvenOnceForAllMessagesOfAConnection() throws Exception {
        try (ScramPeer peer = peer(SECRET, ScramPeer.Way.HONEST);
                Connection connection = connection(peer, SECRET)) {
            for (int i = 0; i < 3; i++) {
                assertThat(connection.send(ENVELOPE, CONTENT).isComplete()).isTrue();
            }
            assertThat(peer.lines())
                    .filteredOn(line -> line.startsWith("n,,n=joe"))
                    .hasSize(1);
            assertThat(peer.lines()).filteredOn(line -> line.equals("DATA")).hasSize(3);
            assertThat(peer.lines()).noneMatch(line -> line.contains(SECRET));
        }
    }

    @Test
    void wrongPasswordShouldKeepTheMessage() throws Exception {
        try (ScramPeer peer = peer("another", ScramPeer.Way.HONEST);
                Connection connection = connection(peer, SECRET)) {
            MailDeliveryException failure = expectNotProven(peer, connection);
            assertThat(failure).hasMessageContaining("535 5.7.8 That is not the password");
        }
    }

    /** Whoever sits between and accepts everything would else get the mail. */
    @ParameterizedTest
    @EnumSource(names = "HONEST", mode = EnumSource.Mode.EXCLUDE)
    void serverThatDoesNotKnowThePasswordShouldGetNothing(ScramPeer.Way way) throws Exception {
        try (ScramPeer peer = peer(SECRET, way);
                Connection connection = connection(peer, SECRET)) {
            expectNotProven(peer, connection);
            expectNotProven(peer, connection);
        }
    }

    private static MailDeliveryException expectNotProven(ScramPeer peer, Connection connection) {
        MailDeliveryException failure =
                catchThrowableOfType(MailDeliveryException.class, () -> connection.send(ENVELOPE, CONTENT));
        assertThat(failure).isNotNull();
        assertThat(failure.reply().enhancedStatus()).isEqualTo("4.7.8");
        assertThat(failure.isTemporary()).isTrue();
        assertThat(failure.toString()).doesNotContain(SECRET);
        assertThat(peer.lines())
                .noneMatch(line -> line.startsWith("MAIL") || line.contains(SECRET))
                .anyMatch(line -> line.startsWith("n,,n=joe"));
        return failure;
    }

    private static ScramPeer peer(String password, ScramPeer.Way way) throws IOException {
        return new ScramPeer(tls.stranger(), password, way);
    }

    private static Connection connection(ScramPeer peer, String password) {
        Credentials joe = Credentials.password("joe", password.toCharArray());
        return clients.client(() -> required).connection(NextHop.of("localhost", peer.port()), Optional.of(joe));
    }
}
