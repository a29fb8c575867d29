package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Reply;
import org.postern.container.TestClient;

/** Each limit: the reply beyond it, its figure, and that others are served all the same. */
class LimitsTest {

    private static final String TEXT = "Subject: x\r\n\r\ntext\r\n";

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sessionBeyondTheMostShouldBeToldAndOneThatEndsMakesRoom(boolean implicitTls) throws Exception {
        try (TestListener server = server(Map.of("maxSessions", "1", "implicitTlsPort", "0"))) {
            try (TestClient first = server.greet(implicitTls)) {
                try (TestClient second = connect(server, implicitTls)) {
                    assertThat(second.line()).isEqualTo("421 4.3.2 Too many sessions; try again later");
                    assertThat(second.line()).isNull();
                }
                assertThat(first.message("a@accepted.example", TEXT)).startsWith("250");
            }
            server.awaitNoSessions();
            server.greet(implicitTls).close();
            assertThat(server.listener.statistics().limits()).containsExactly(Map.entry("maxSessions", 1L));
            assertThat(server.listener.statistics().refusals()).containsExactly(Map.entry(421, 1L));
            server.awaitNoSessions();
            server.expectHonestMailToBeTaken();
        }
    }

    @Test
    void sessionsOfOneAddressShouldBeLimited() throws Exception {
        try (TestListener server = server(Map.of("maxSessionsPerAddress", "2"));
                TestClient first = server.greet(false);
                TestClient second = server.greet(false);
                TestClient third = connect(server, false)) {
            assertThat(third.line()).startsWith("421 4.7.0 Too many sessions from your address");
            assertThat(first.message("a@accepted.example", TEXT)).startsWith("250");
            assertThat(second.ask("NOOP")).startsWith("250");
            assertThat(server.listener.statistics().limits()).containsEntry("maxSessionsPerAddress", 1L);
        }
    }

    @Test
    void newSessionsOfOneAddressShouldBeLimitedByTheMinute() throws Exception {
        try (TestListener server = server(Map.of("maxNewSessionsPerMinute", "2"))) {
            server.greet(false).close();
            server.greet(false).close();
            try (TestClient third = connect(server, false)) {
                assertThat(third.line()).startsWith("421 4.7.0 Too many new sessions");
                assertThat(third.line()).isNull();
            }
            assertThat(server.listener.statistics().limits()).containsExactly(Map.entry("maxNewSessionsPerMinute", 1L));
            assertThat(server.listener.statistics().refusals()).containsExactly(Map.entry(421, 1L));
            server.settings.change(LimitSettings.MAX_NEW_SESSIONS_PER_MINUTE, "0");
            server.expectHonestMailToBeTaken();
        }
    }

    @Test
    void messagesOfOneAddressShouldBeLimitedByTheMinuteAcrossSessions() throws Exception {
        try (TestListener server = server(Map.of("maxMessagesPerMinute", "2"));
                TestClient first = server.greet(false);
                TestClient second = server.greet(false)) {
            assertThat(first.message("a@accepted.example", TEXT)).startsWith("250");
            assertThat(second.message("a@accepted.example", TEXT)).startsWith("250");
            assertThat(first.ask("MAIL FROM:<a@b.example>")).startsWith("450 4.7.1");
            assertThat(first.ask("RCPT TO:<a@accepted.example>")).startsWith("503");
            assertThat(server.listener.statistics().limits()).containsEntry("maxMessagesPerMinute", 1L);
            server.settings.change(LimitSettings.MAX_MESSAGES_PER_MINUTE, "0");
            assertThat(first.message("a@accepted.example", TEXT)).startsWith("250");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "99", "-1"})
    void fewerThanHundredRecipientsShouldBeRefused(String number) throws Exception {
        try (TestListener server = server(Map.of())) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> server.settings.change(LimitSettings.MAX_RECIPIENTS, number))
                    .withMessageContaining("0 or a whole number from 100 to 1000000");
        }
    }

    @Test
    void recipientBeyondTheMostShouldBeToldAndTheOthersServed() throws Exception {
        try (TestListener server = server(Map.of("maxRecipients", "100"));
                TestClient client = server.greet(false)) {
            client.ask("EHLO client.example");
            client.ask("MAIL FROM:<a@b.example>");
            for (int i = 0; i < 100; i++) {
                assertThat(client.ask("RCPT TO:<r" + i + "@accepted.example>")).startsWith("250");
            }
            assertThat(client.ask("RCPT TO:<more@accepted.example>")).startsWith("452 4.5.3");
            client.ask("DATA");
            assertThat(client.ask(".")).startsWith("250");
            assertThat(deliveries.taken.get(0).envelope().recipients()).hasSize(100);
        }
    }

    @Test
    void tooManyErrorsShouldEndTheSessionBehindTheLastReply() throws Exception {
        try (TestListener server = server(Map.of("maxErrors", "2"));
                TestClient client = server.greet(false)) {
            assertThat(client.ask("DATA")).startsWith("503");
            assertThat(client.ask("DATA")).startsWith("503");
            assertThat(client.ask("DATA")).startsWith("503");
            assertThat(client.line()).isEqualTo("421 4.7.0 Too many errors");
            assertThat(client.line()).isNull();
            assertThat(server.listener.statistics().limits()).containsEntry("maxErrors", 1L);
            server.expectHonestMailToBeTaken();
        }
    }

    @Test
    void errorsBeforeAnAcceptedMessageShouldNotCount() throws Exception {
        try (TestListener server = server(Map.of("maxErrors", "2"));
                TestClient client = server.greet(false)) {
            for (int round = 0; round < 3; round++) {
                client.ask("EHLO client.example");
                assertThat(client.ask("DATA")).startsWith("503");
                assertThat(client.ask("DATA")).startsWith("503");
                assertThat(client.message("a@accepted.example", TEXT)).startsWith("250");
            }
        }
    }

    @Test
    void unknownCommandsShouldEndTheSession() throws Exception {
        try (TestListener server = server(Map.of("maxUnknownCommands", "1"));
                TestClient client = server.greet(false)) {
            assertThat(client.ask("GET / HTTP/1.1")).startsWith("500");
            assertThat(client.ask("Host: mx.example.org")).startsWith("500");
            assertThat(client.line()).isEqualTo("421 4.7.0 Too many unknown commands");
            assertThat(client.line()).isNull();
            assertThat(server.listener.statistics().limits()).containsExactly(Map.entry("maxUnknownCommands", 1L));
            server.expectHonestMailToBeTaken();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoSpeaksBeforeTheGreetingShouldBeRefused(boolean implicitTls) throws Exception {
        try (TestListener server = server(Map.of("greetingDelay", "1s", "implicitTlsPort", "0"));
                TestClient patient = connect(server, implicitTls);
                TestClient hasty = connect(server, implicitTls)) {
            hasty.send("EHLO hasty.example\r\n");
            assertThat(hasty.line()).isEqualTo("421 4.5.1 You must wait for the greeting");
            assertThat(hasty.line()).isNull();
            assertThat(patient.line()).startsWith("220 ");
            assertThat(server.listener.statistics().limits()).containsExactly(Map.entry("greetingDelay", 1L));
            assertThat(patient.message("a@accepted.example", TEXT)).startsWith("250");
        }
    }

    @Test
    void stuckDeliveryShouldBeAnsweredAndItsLateOutcomeForgotten() throws Exception {
        try (TestListener server = server(Map.of("deliveryTimeout", "1s"));
                TestClient client = server.greet(false)) {
            deliveries.holdBack = true;
            assertThat(client.message("a@accepted.example", "x".repeat(70_000) + "\r\n"))
                    .startsWith("451 4.3.2");
            Consumer<Reply> stuck = deliveries.heldBack.take();
            assertThat(server.listener.statistics().limits()).containsEntry("deliveryTimeout", 1L);
            deliveries.holdBack = false;
            assertThat(client.message("a@accepted.example", TEXT)).startsWith("250");
            stuck.accept(new Reply(250, "2.0.0", "Late"));
            // An event loop may read the first before it does what it was given meanwhile, but not the second.
            assertThat(client.ask("NOOP")).startsWith("250 2.0.0 OK");
            assertThat(client.ask("NOOP")).startsWith("250 2.0.0 OK");
            assertThat(server.spooled()).isEmpty();
        }
    }

    @Test
    void repliesThatAreNotReadShouldNotPileUp() throws Exception {
        try (TestListener server = server(Map.of("idleTimeout", "2s"));
                TestClient client = server.greet(false)) {
            String group = "NOOP\r\n".repeat(10_000);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                // What the systems' buffers hold is soon full; then the server reads no more, and in time it ends it.
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (System.nanoTime() < end) {
                    client.send(group);
                }
            });
            server.awaitNoSessions();
            assertThat(server.listener.statistics().limits()).containsEntry("idleTimeout", 1L);
            server.expectHonestMailToBeTaken();
        }
    }

    private TestListener server(Map<String, String> configured) throws IOException {
        return new TestListener(folder, deliveries, configured);
    }

    private static TestClient connect(TestListener server, boolean implicitTls) throws IOException {
        return new TestClient(implicitTls ? server.implicitTlsAddress() : server.address(), implicitTls);
    }
}
