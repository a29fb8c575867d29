package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.container.TestClient;

/** Who sends too slowly is told and ended, leaves nothing behind, and others are served. */
class SlowSenderTest {

    private static final String ENVELOPE =
            "EHLO client.example\r\nMAIL FROM:<sender@client.example>\r\nRCPT TO:<a@accepted.example>\r\n";
    private static final String TOO_SLOW = "421 4.4.2 The message came too slowly";

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    @Test
    void commandThatDripsInShouldBuyNoTime() throws Exception {
        try (TestListener server = server(Map.of("idleTimeout", "1s"));
                TestClient client = server.greet(false)) {
            long begun = System.nanoTime();
            Thread dripping = drip(client, "N");
            assertThat(client.line()).startsWith("421 4.4.2");
            assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(5));
            client.hangUp();
            dripping.join();
            expectOnlyLimit(server, "idleTimeout");
        }
    }

    @Test
    void contentThatDripsInShouldBeEndedByTheTimeForAllOfIt() throws Exception {
        try (TestListener server = server(Map.of("maxDataTime", "1s"));
                TestClient client = server.greet(false)) {
            client.envelope("a@accepted.example");
            Thread dripping = drip(client, "x\r\n");
            assertThat(client.line()).startsWith(TOO_SLOW);
            client.hangUp();
            dripping.join();
            expectOnlyLimit(server, "maxDataTime");
        }
    }

    @Test
    void silenceWithinContentShouldEndTheSession() throws Exception {
        try (TestListener server = server(Map.of("contentIdleTimeout", "1s"));
                TestClient client = server.greet(false)) {
            client.envelope("a@accepted.example");
            client.send("Subject: x\r\n");
            assertThat(client.line()).startsWith(TOO_SLOW);
            assertThat(client.line()).isNull();
            client.hangUp();
            expectOnlyLimit(server, "contentIdleTimeout");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void contentBelowTheLeastRateShouldBeEndedBehindItsFirstMinute(boolean chunked) throws Exception {
        try (TestListener server = server(Map.of("minDataRate", "100"))) {
            ClockedConnection sender = ClockedConnection.begin(server);
            sender.say(ENVELOPE);
            sender.say(chunked ? "BDAT 100000 LAST\r\n" : "DATA\r\n");
            for (int second = 1; second < 60; second++) {
                assertThat(sender.after(1, TimeUnit.SECONDS)).isEmpty();
                assertThat(sender.say("x\r\n")).isEmpty();
            }
            assertThat(sender.after(3, TimeUnit.SECONDS)).startsWith(TOO_SLOW);
            assertThat(sender.isOutputShutdown()).isTrue();
            assertThat(sender.say("x\r\n.\r\n")).isEmpty();
            sender.after(2, TimeUnit.SECONDS);
            assertThat(sender.isOpen()).isFalse();
            expectOnlyLimit(server, "minDataRate");
        }
    }

    @Test
    void contentAtTheLeastRateShouldBeTaken() throws Exception {
        try (TestListener server = server(Map.of("minDataRate", "100"))) {
            ClockedConnection sender = ClockedConnection.begin(server);
            sender.say(ENVELOPE + "DATA\r\n");
            for (int second = 0; second < 1_000; second++) {
                assertThat(sender.after(1, TimeUnit.SECONDS)).isEmpty();
                assertThat(sender.say("x".repeat(98) + "\r\n")).isEmpty();
            }
            assertThat(sender.say(".\r\nQUIT\r\n")).startsWith("250 2.0.0 ").contains("\r\n221 ");
            assertThat(deliveries.taken).hasSize(1);
            assertThat(server.listener.statistics().limits()).isEmpty();
        }
    }

    @Test
    void changedLeastRateShouldHoldForContentThatComesAlready() throws Exception {
        try (TestListener server = server(Map.of("minDataRate", "0", "contentIdleTimeout", "0"))) {
            server.settings.observe(server.listener::changed);
            ClockedConnection sender = ClockedConnection.begin(server);
            sender.say(ENVELOPE + "DATA\r\n");
            sender.say("x".repeat(998) + "\r\n");
            assertThat(sender.after(1, TimeUnit.HOURS)).isEmpty();
            server.settings.change(LimitSettings.MIN_DATA_RATE, "1");
            assertThat(sender.after(0, TimeUnit.SECONDS)).startsWith(TOO_SLOW);
            sender.after(2, TimeUnit.SECONDS);
            expectOnlyLimit(server, "minDataRate");
        }
    }

    private TestListener server(Map<String, String> configured) throws IOException {
        return new TestListener(folder, deliveries, configured);
    }

    private void expectOnlyLimit(TestListener server, String limit) throws IOException {
        server.awaitNoSessions();
        assertThat(server.listener.statistics().limits()).containsExactly(Map.entry(limit, 1L));
        assertThat(server.listener.statistics().refusals()).containsExactly(Map.entry(421, 1L));
        assertThat(server.spooled()).isEmpty();
        assertThat(deliveries.taken).isEmpty();
        server.expectHonestMailToBeTaken();
    }

    /** Sends a little, again and again, until the connection is closed. */
    private static Thread drip(TestClient client, String drop) {
        Thread thread = new Thread(() -> {
            try {
                while (true) {
                    client.send(drop);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
                }
            } catch (IOException closed) {
                // As it should be.
            }
        });
        thread.start();
        return thread;
    }
}
