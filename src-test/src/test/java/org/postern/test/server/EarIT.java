package org.postern.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.management.ThreadInfo;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postern.test.Authority;
import org.postern.test.ForeignServer;
import org.postern.test.Mail;
import org.postern.test.Management;
import org.postern.test.SmtpDialogue;
import org.postern.test.Waiting;

/** {@code postern.ear} on Payara Server: mail in and out, and all of it a second time after it was undeployed. */
class EarIT {

    private static final String SENDER = "sender@example.com";
    private static final int SENDERS = 200;
    private static final int POOL = 32;
    private static final Path EAR = Path.of(System.getProperty("postern.test.ear"));

    private static ForeignServer nextHop;
    private static PayaraServer server;
    private static Path data;

    @BeforeAll
    static void start() throws IOException {
        nextHop = ForeignServer.withStarttls(new Authority("Next hop").serverAtLocalhost());
        Path domains = Files.createTempDirectory(Path.of("target"), "domains").toAbsolutePath();
        data = domains.resolve("data");
        server = PayaraServer.start(
                domains,
                Map.of(
                        "POSTERN_HOST",
                        "127.0.0.1",
                        "POSTERN_PORT",
                        "0",
                        "POSTERN_NEXT_HOP",
                        nextHop.nextHop(),
                        "POSTERN_DATA_DIRECTORY",
                        data.toString()));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        nextHop.close();
    }

    @BeforeEach
    void deploy() throws IOException {
        server.deploy(EAR);
    }

    @AfterEach
    void undeploy() throws IOException {
        server.undeploy("postern");
    }

    @Test
    void mailShouldGoInAndOutAndAgainAfterASecondDeployment() throws Exception {
        try (Management management = server.management()) {
            int port = carryMail(management);

            server.undeploy("postern");
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> SmtpDialogue.open(port));
            assertThat(management.all()).isEmpty();
            Waiting.until("no thread of the adapter", () -> !hasThreads(management.server()));

            server.deploy(EAR);
            carryMail(management);
        }
    }

    @Test
    void mailForOthersShouldShareConnectionsWhileAPolicyHolds() throws Exception {
        try (Management management = server.management();
                SmtpDialogue dialogue = SmtpDialogue.openWithStarttls(awaitPort(management))) {
            int connections = nextHop.connections();
            for (int i = 0; i < 10; i++) {
                assertThat(relay(dialogue)).startsWith("250 2.0.0");
            }
            assertThat(nextHop.connections()).isEqualTo(connections + 1);
            assertThat(lastTaken().withTls()).isTrue();

            management.invoke("Policies", "setPolicy", "example.net", "NONE");
            assertThat(relay(dialogue)).startsWith("250 2.0.0");
            assertThat(nextHop.connections()).isEqualTo(connections + 2);
            assertThat(lastTaken().withTls()).isFalse();

            int taken = nextHop.taken().size();
            management.invoke("Policies", "setPolicy", "example.net", "REQUIRE_AND_VERIFY");
            assertThat(relay(dialogue)).startsWith("4").contains(" 4.7.5 ");
            assertThat(nextHop.taken()).hasSize(taken);

            management.invoke("Policies", "resetToConfigured");
            assertThat(relay(dialogue)).startsWith("250 2.0.0");
            assertThat(lastTaken().withTls()).isTrue();
        }
    }

    /** The pool has room for 32 connections, as the gateway has for messages. */
    @Test
    void manySendersShouldShareThePool() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        try (Management management = server.management()) {
            int port = awaitPort(management);
            int taken = nextHop.taken().size();
            int connections = nextHop.connections();
            List<Future<String>> replies = Stream.generate(() -> threads.submit(() -> relayAlone(port)))
                    .limit(SENDERS)
                    .toList();
            for (Future<String> reply : replies) {
                assertThat(reply.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .startsWith("250 2.0.0");
            }
            assertThat(nextHop.taken()).hasSize(taken + SENDERS);
            assertThat(nextHop.connections() - connections).isBetween(2, POOL);
            assertThat(nextHop.mostAtOnce()).isLessThanOrEqualTo(POOL);
        } finally {
            threads.shutdownNow();
        }
    }

    private static String relayAlone(int port) throws IOException {
        try (SmtpDialogue dialogue = SmtpDialogue.open(port)) {
            dialogue.say("EHLO client.example.org");
            return relay(dialogue);
        }
    }

    private static String relay(SmtpDialogue dialogue) throws IOException {
        return dialogue.deliver(SENDER, Mail.withSubject(Mail.subject()), "joe@example.net");
    }

    private static ForeignServer.Taken lastTaken() {
        List<ForeignServer.Taken> all = nextHop.taken();
        return all.get(all.size() - 1);
    }

    private static int awaitPort(Management management) {
        Waiting.until(
                "ready",
                () -> management.has("Listener,name=smtp") && status(management).equals("OK"));
        return management.number("Listener,name=smtp", "Port");
    }

    private static int carryMail(Management management) throws Exception {
        int port = awaitPort(management);
        int alreadySent = nextHop.taken().size();
        int alreadyStored = stored();
        try (SmtpDialogue dialogue = SmtpDialogue.openWithStarttls(port)) {
            String subject = Mail.subject();
            assertThat(dialogue.deliver(SENDER, Mail.withSubject(subject), "joe@localhost"))
                    .startsWith("250 2.0.0");
            assertThat(dialogue.deliver(SENDER, Mail.withSubject(subject), "joe@example.net"))
                    .startsWith("250 2.0.0");
        }
        assertThat(stored()).isEqualTo(alreadyStored + 1);
        assertThat(nextHop.taken()).hasSize(alreadySent + 1);
        assertThat(nextHop.taken().get(alreadySent).withTls()).isTrue();
        assertThat(management.number("ListenerStatistics,name=smtp", "MessagesAccepted"))
                .isEqualTo(2);
        assertThat(management.has("ServerTls")).isTrue();
        assertThat(management.has("ClientTls")).isTrue();
        return port;
    }

    private static String status(Management management) {
        return management.text("Gateway", "Status");
    }

    private static int stored() throws IOException {
        Path unread = data.resolve("mailboxes/localhost/joe/new");
        if (!Files.exists(unread)) {
            return 0;
        }
        try (Stream<Path> messages = Files.list(unread)) {
            return (int) messages.count();
        }
    }

    /** Event loops name their threads for as long as they run on them. */
    private static boolean hasThreads(MBeanServerConnection server) throws Exception {
        CompositeData[] threads = (CompositeData[]) server.invoke(
                new ObjectName("java.lang:type=Threading"),
                "dumpAllThreads",
                new Object[] {false, false},
                new String[] {"boolean", "boolean"});
        return Stream.of(threads)
                .map(ThreadInfo::from)
                .map(ThreadInfo::getThreadName)
                .anyMatch(name -> name.contains("Postern") || name.startsWith("globalEventExecutor"));
    }
}
