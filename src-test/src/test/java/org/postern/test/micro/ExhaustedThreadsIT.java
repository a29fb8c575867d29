package org.postern.test.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.test.ChildProcess;
import org.postern.test.Mail;
import org.postern.test.Management;
import org.postern.test.MicroServer;
import org.postern.test.SmtpDialogue;
import org.postern.test.Waiting;
import org.postern.test.application.TestApplicationMXBean;

/** A server with few threads for adapters ({@code thread-pool-1}), all of which are with beans that do not come back. */
class ExhaustedThreadsIT {

    /** The server makes no smaller pool, whatever it is told. */
    private static final int THREADS = 10;

    private static final int EVENT_LOOPS = 1;
    private static final int FOR_BEANS = THREADS - EVENT_LOOPS;
    private static final Duration DELIVERY_WAIT = Duration.ofSeconds(5);

    /** Who waits is looked at about once a second; the rest is for a machine that has much else to do. */
    private static final Duration LONGEST_WAIT = DELIVERY_WAIT.plusSeconds(15);

    private static final String STATISTICS = "ListenerStatistics,name=smtp";

    @TempDir
    private Path folder;

    private final List<SmtpDialogue> held = new ArrayList<>();
    private ChildProcess server;
    private Management management;
    private TestApplicationMXBean application;

    @BeforeEach
    void start() throws Exception {
        server = launch();
        server.awaitLine("ready in");
        management = Management.of(server.pid());
        application = management.bean("TestApplication", TestApplicationMXBean.class);
    }

    @AfterEach
    void stop() throws IOException {
        try {
            for (SmtpDialogue dialogue : held) {
                dialogue.close();
            }
            if (management != null) {
                management.close();
            }
        } finally {
            server.close();
        }
    }

    @Test
    void senderForWhomNoThreadIsLeftShouldBeToldInTimeAndTheListenerGoOn() throws Exception {
        application.hold();
        for (int i = 0; i < FOR_BEANS; i++) {
            held.add(bring(Mail.subject()));
        }
        Waiting.until("all threads are with beans", () -> application.getWaiting() == FOR_BEANS);

        String refused = Mail.subject();
        long begun = System.nanoTime();
        try (SmtpDialogue further = bring(refused)) {
            expectOthersToBeAnswered();
            assertThat(further.read()).startsWith("451 4.3.2 ");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(DELIVERY_WAIT, LONGEST_WAIT);
            assertThat(further.say("QUIT")).startsWith("221 ");
        }
        expectOthersToBeAnswered();
        assertThat(application.getWaiting()).isEqualTo(FOR_BEANS);
        expectFigures(0, 1);

        application.release();
        for (SmtpDialogue dialogue : held) {
            assertThat(dialogue.read()).startsWith("250 2.0.0 ");
        }
        String honest = Mail.subject();
        try (SmtpDialogue dialogue = bring(honest)) {
            assertThat(dialogue.read()).startsWith("250 2.0.0 ");
        }
        assertThat(application.seen(honest)).containsEntry("outcome", "COMMITTED");
        assertThat(application.seen(refused)).isEmpty();
        expectFigures(FOR_BEANS + 1, 1);
    }

    private ChildProcess launch() throws IOException {
        Path preBoot = Files.writeString(
                folder.resolve("pre-boot.txt"),
                "set configs.config.server-config.thread-pools.thread-pool.thread-pool-1.max-thread-pool-size="
                        + THREADS + "\n");
        List<String> flags =
                new ArrayList<>(List.of(System.getProperty("postern.test.flags").split(" ")));
        Stream.of(
                        "host=127.0.0.1",
                        "port=0",
                        "eventLoops=" + EVENT_LOOPS,
                        "deliveryWait=" + DELIVERY_WAIT.toSeconds() + "s",
                        "dataDirectory=" + folder.resolve("data"))
                .map(setting -> "-Dpostern." + setting)
                .forEach(flags::add);
        Path log = Path.of("target", "test-classes", "logging.properties").toAbsolutePath();
        return MicroServer.launch(
                folder, flags, log, Deployments.applicationOfManySlow(), "--prebootcommandfile", preBoot.toString());
    }

    /** Brings a message to the bean that waits while it is told to; the reply is still to come. */
    private SmtpDialogue bring(String subject) throws IOException {
        SmtpDialogue dialogue = SmtpDialogue.open(port());
        dialogue.say("EHLO client.example.org");
        assertThat(dialogue.say("MAIL FROM:<sender@example.com>")).startsWith("250 ");
        assertThat(dialogue.say("RCPT TO:<joe@slow.example.org>")).startsWith("250 ");
        assertThat(dialogue.say("DATA")).startsWith("354 ");
        dialogue.send(("Subject: " + subject + "\r\n\r\ntext\r\n.\r\n").getBytes(StandardCharsets.US_ASCII));
        return dialogue;
    }

    private void expectOthersToBeAnswered() throws IOException {
        try (SmtpDialogue other = SmtpDialogue.openWithStarttls(port())) {
            assertThat(other.say("EHLO other.example.org")).startsWith("250-");
            assertThat(other.say("NOOP")).startsWith("250 ");
            assertThat(other.say("QUIT")).startsWith("221 ");
        }
    }

    private void expectFigures(int accepted, int refused) {
        assertThat(management.number(STATISTICS, "MessagesAccepted")).isEqualTo(accepted);
        assertThat(management.number(STATISTICS, "MessagesRefused")).isEqualTo(refused);
        assertThat((String[]) management.get(STATISTICS, "RefusalsByCode")).containsExactly("451: " + refused);
        assertThat((String[]) management.get(STATISTICS, "LimitsReachedBySetting"))
                .containsExactly("deliveryWait: " + refused);
    }

    private int port() {
        return management.number("Listener,name=smtp", "Port");
    }
}
