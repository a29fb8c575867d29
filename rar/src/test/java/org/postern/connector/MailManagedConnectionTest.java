package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ManagedConnection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import javax.naming.Reference;
import org.junit.jupiter.api.Test;
import org.postern.MailConnection;
import org.postern.MailConnectionFactory;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.SendOption;
import org.postern.outbound.ScriptedServer;

class MailManagedConnectionTest extends PooledSending {

    private static final NextHop HOP = NextHop.of("mx.example.org", 25);

    @Test
    void connectionsToOneNextHopShouldShareWhatIsUnderThem() throws Exception {
        try (ScriptedServer server = server(OPENING + MESSAGE + MESSAGE)) {
            for (int i = 0; i < 2; i++) {
                try (MailConnection connection = factory.getConnection(server.nextHop())) {
                    assertThat(connection.send(ENVELOPE, CONTENT).isComplete()).isTrue();
                }
            }
            assertThat(pool.created).isEqualTo(1);
            pool.destroyIdle();
        }
    }

    @Test
    void contentBeyondAsciiShouldBeConvertedOnlyWhereTheApplicationAllowsIt() throws Exception {
        MailContent content = MailContent.of("MIME-Version: 1.0\r\n\r\nthe Größe\r\n".getBytes(StandardCharsets.UTF_8));
        try (ScriptedServer server = server(OPENING + MESSAGE)) {
            try (MailConnection connection = factory.getConnection(server.nextHop())) {
                assertThatThrownBy(() -> connection.send(ENVELOPE, content)).hasMessageContaining("5.6.3");
                connection.send(ENVELOPE, content, SendOption.CONVERT_EIGHT_BIT, SendOption.CONVERT_EIGHT_BIT);
            }
            pool.destroyIdle();
            assertThat(new String(server.contents().get(0), StandardCharsets.UTF_8))
                    .contains("the Gr=C3=B6=C3=9Fe");
        }
    }

    @Test
    void mimeMessageShouldBeSent() throws Exception {
        try (ScriptedServer server = server(OPENING + MESSAGE)) {
            MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
            message.setFrom("a@example.org");
            message.setRecipients(RecipientType.BCC, "b@example.org");
            message.setText("hello");
            try (MailConnection connection = factory.getConnection(server.nextHop())) {
                connection.send(message);
            }
            pool.destroyIdle();
            assertThat(new String(server.contents().get(0), StandardCharsets.UTF_8))
                    .contains("From: a@example.org\r\n")
                    .endsWith("\r\n\r\nhello\r\n.\r\n")
                    .doesNotContain("Bcc");
        }
    }

    @Test
    void anotherNextHopShouldGetAConnectionOfItsOwn() throws Exception {
        factory.getConnection(HOP).close();
        factory.getConnection(NextHop.of("mx.example.org", 26)).close();
        factory.getConnection(NextHop.of("MX.example.org", 25)).close();
        assertThat(pool.created).isEqualTo(2);
    }

    @Test
    void refusedMessageShouldBeNoErrorOfTheConnection() throws Exception {
        String refused = OPENING
                + """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: DATA
                S: 250 OK
                S: 550 Nobody here
                S: 503 No recipients
                """;
        try (ScriptedServer server = server(refused)) {
            try (MailConnection connection = factory.getConnection(server.nextHop())) {
                assertThatThrownBy(() -> connection.send(ENVELOPE, CONTENT)).isInstanceOf(MailDeliveryException.class);
            }
            assertThat(pool.errors).isEmpty();
            assertThat(pool.idle).hasSize(1);
            pool.destroyIdle();
        }
    }

    @Test
    void closedHandleShouldBeOfNoMoreUse() throws Exception {
        MailConnection connection = factory.getConnection(HOP);
        connection.close();
        connection.close();
        assertThat(pool.idle).hasSize(1);
        assertThatThrownBy(() -> connection.send(ENVELOPE, CONTENT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void cleanupShouldTakeTheHandlesAway() throws Exception {
        MailConnection connection = factory.getConnection(HOP);
        pool.used.iterator().next().cleanup();
        assertThatThrownBy(() -> connection.send(ENVELOPE, CONTENT)).isInstanceOf(IllegalStateException.class);
        connection.close();
        assertThat(pool.idle).isEmpty();
    }

    @Test
    void handleShouldMoveToAnotherConnection() throws Exception {
        ManagedConnection first = managed.createManagedConnection(null, new ConnectionRequest(HOP));
        ManagedConnection second = managed.createManagedConnection(null, new ConnectionRequest(HOP));
        second.addConnectionEventListener(pool);
        MailConnectionHandle handle = (MailConnectionHandle) first.getConnection(null, new ConnectionRequest(HOP));
        second.associateConnection(handle);
        first.cleanup();
        handle.close();
        assertThat(pool.idle).containsExactly(second);
    }

    @Test
    void thereShouldBeNoTransaction() throws Exception {
        ManagedConnection connection = managed.createManagedConnection(null, new ConnectionRequest(HOP));
        assertThatThrownBy(connection::getXAResource).isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(connection::getLocalTransaction).isInstanceOf(NotSupportedException.class);
        assertThat(connection.getMetaData().getEISProductName()).contains("mx.example.org:25");
    }

    @Test
    void factoriesOfOneAdapterShouldBeEqual() throws Exception {
        MailManagedConnectionFactory same = new MailManagedConnectionFactory();
        assertThat(same).isNotEqualTo(managed);
        same.setResourceAdapter(managed.getResourceAdapter());
        assertThat(same).isEqualTo(managed).hasSameHashCodeAs(managed);
        assertThat(new ConnectionRequest(HOP))
                .isEqualTo(new ConnectionRequest(NextHop.of("mx.example.org", 25)))
                .isNotEqualTo(new ConnectionRequest(NextHop.of("mx.example.org", 26)));
    }

    @Test
    void withoutAContainerThereShouldBeNoFactory() {
        assertThatThrownBy(() -> managed.createConnectionFactory())
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("ConnectionManager");
        assertThatThrownBy(() -> new MailManagedConnectionFactory().setResourceAdapter(null))
                .isInstanceOf(ResourceException.class);
    }

    @Test
    void factoryShouldTravelWithItsReference() throws Exception {
        factory.setReference(new Reference("org.postern.MailConnectionFactory"));
        MailConnectionFactory arrived = (MailConnectionFactory) travel(factory);
        assertThat(arrived.getReference()).isEqualTo(factory.getReference());
        assertThatThrownBy(arrived::administration).isInstanceOf(IllegalStateException.class);
    }

    private static Object travel(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(octets)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(octets.toByteArray()))) {
            return in.readObject();
        }
    }
}
