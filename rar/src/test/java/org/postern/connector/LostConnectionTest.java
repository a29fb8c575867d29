package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.ManagedConnection;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postern.MailConnection;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.outbound.ScriptedServer;
import org.postern.outbound.TestClients;

/** What the container's pool is told when a server leaves or was never there, or when nothing can be sent any more. */
class LostConnectionTest extends PooledSending {

    private static final String LEAVES =
            """
            C: MAIL FROM:<a@example.org>
            C: RCPT TO:<b@example.org>
            C: DATA
            HANG UP
            """;

    /** There is no connection that the pool could forget, and who waits for its room is woken when it is given back. */
    @Test
    void serverThatCannotBeReachedShouldBeNoErrorOfTheConnection() throws Exception {
        ScriptedServer gone = server();
        gone.close();
        try (MailConnection connection = factory.getConnection(gone.nextHop())) {
            assertThatThrownBy(() -> connection.send(ENVELOPE, CONTENT)).isInstanceOf(MailDeliveryException.class);
            assertThatThrownBy(() -> connection.send(ENVELOPE, CONTENT)).isInstanceOf(MailDeliveryException.class);
        }
        assertThat(pool.errors).isEmpty();
        assertThat(pool.idle).hasSize(1);
    }

    /** It is opened anew, by who lost it and by who gets it next. */
    @Test
    void serverThatLeavesInTheMiddleOfAMessageShouldBeNoErrorOfTheConnection() throws Exception {
        try (ScriptedServer server = server(OPENING + LEAVES, OPENING + MESSAGE + LEAVES, OPENING + MESSAGE)) {
            try (MailConnection connection = factory.getConnection(server.nextHop())) {
                assertThatThrownBy(() -> connection.send(ENVELOPE, CONTENT)).isInstanceOf(MailDeliveryException.class);
                assertThat(connection.send(ENVELOPE, CONTENT).isComplete()).isTrue();
                assertThatThrownBy(() -> connection.send(ENVELOPE, CONTENT)).isInstanceOf(MailDeliveryException.class);
            }
            assertThat(pool.errors).isEmpty();
            try (MailConnection connection = factory.getConnection(server.nextHop())) {
                assertThat(connection.send(ENVELOPE, CONTENT).isComplete()).isTrue();
            }
            assertThat(pool.created).isEqualTo(1);
            pool.destroyIdle();
        }
    }

    @Test
    void connectionOfAStoppedAdapterShouldBeToldToThePool() throws Exception {
        MailConnection connection;
        try (TestClients stopping = new TestClients()) {
            deploy(stopping);
            connection = factory.getConnection(NextHop.of("localhost", 25));
        }
        assertThatThrownBy(() -> connection.send(ENVELOPE, CONTENT)).hasMessageContaining("the adapter is stopping");
        assertThat(pool.errors).hasSize(1).first().isInstanceOf(MailDeliveryException.class);
        assertThatThrownBy(() -> connection.send(ENVELOPE, CONTENT)).isInstanceOf(IllegalStateException.class);
        connection.close();
        assertThat(pool.idle).isEmpty();
    }

    @Test
    void onlyBrokenConnectionsShouldBeInvalid() throws Exception {
        try (ScriptedServer server = server(OPENING + LEAVES)) {
            ManagedConnection unused =
                    managed.createManagedConnection(null, new ConnectionRequest(NextHop.of("localhost", 25)));
            ConnectionRequest request = new ConnectionRequest(server.nextHop());
            ManagedConnection broken = managed.createManagedConnection(null, request);
            MailConnection handle = (MailConnection) broken.getConnection(null, request);
            assertThatThrownBy(() -> handle.send(ENVELOPE, CONTENT)).isInstanceOf(MailDeliveryException.class);
            assertThat(managed.getInvalidConnections(Set.of(unused, broken)).toArray())
                    .containsExactly(broken);
        }
    }
}
