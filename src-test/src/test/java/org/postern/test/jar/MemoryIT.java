package org.postern.test.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.test.IdleSessions;
import org.postern.test.Mail;
import org.postern.test.Programs;
import org.postern.test.SmtpDialogue;
import org.postern.test.Waiting;

/** A gateway with a small heap, whose JVM has no other flags: one allocation that fails ends it. */
class MemoryIT {

    private static final int SESSIONS = 5_000;
    private static final int MESSAGES = 64;
    private static final int SIZE = 20 << 20;

    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");

    /** Those of the sessions, and what a JVM has open besides. */
    private static final int OPEN_FILES = SESSIONS + 1_000;

    /** For all messages, on a machine that has much else to do. */
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private static final int LINE = 64;
    private static final byte[] CONTENT = content();

    @TempDir
    private Path folder;

    private RunningGateway gateway;

    @Test
    void idleTlsSessionsAndLargeMessagesShouldFitIntoHalfAGigabyte() throws Exception {
        Programs.requireOpenFiles(OPEN_FILES);
        try (RunningGateway started = RunningGateway.startWithFlags(
                        folder, FLAGS, "host=127.0.0.1", "port=0", "maxSessionsPerAddress=0");
                IdleSessions idle = IdleSessions.open(started.port(), SESSIONS)) {
            gateway = started;
            assertThat(deliverAllAtOnce()).hasSize(MESSAGES).allMatch(reply -> reply.startsWith("250 "));
            assertThat(idle.noop()).hasSize(SESSIONS).allMatch(reply -> reply.startsWith("250 "));
            assertThat(gateway.mailbox("large")).hasSize(MESSAGES).allSatisfy(file -> assertThat(Files.size(file))
                    .isGreaterThan(SIZE));
            assertThat(spool()).isEmpty();
            assertFurtherMailIsTaken();
        }
    }

    private List<String> deliverAllAtOnce() throws Exception {
        CyclicBarrier halfway = new CyclicBarrier(MESSAGES, this::assertAllAreThere);
        ExecutorService senders = Executors.newFixedThreadPool(MESSAGES);
        try {
            Callable<String> sender = () -> deliver(halfway);
            List<String> replies = new ArrayList<>();
            for (Future<String> each :
                    senders.invokeAll(Collections.nCopies(MESSAGES, sender), LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                replies.add(each.get());
            }
            return replies;
        } finally {
            senders.shutdownNow();
        }
    }

    /** {@return the reply to a message whose second half is sent when all have sent their first} */
    private String deliver(CyclicBarrier halfway) throws Exception {
        try (SmtpDialogue dialogue = SmtpDialogue.openWithStarttls(gateway.port())) {
            assertThat(dialogue.say("MAIL FROM:<sender@example.com> SIZE=" + SIZE))
                    .startsWith("250 ");
            assertThat(dialogue.say("RCPT TO:<large@localhost>")).startsWith("250 ");
            assertThat(dialogue.say("DATA")).startsWith("354 ");
            dialogue.send(Arrays.copyOfRange(CONTENT, 0, SIZE / 2));
            halfway.await(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            dialogue.send(Arrays.copyOfRange(CONTENT, SIZE / 2, SIZE));
            return dialogue.say(".");
        }
    }

    private void assertAllAreThere() {
        assertThat(gateway.management().number("Listener,name=smtp", "Sessions"))
                .isEqualTo(SESSIONS + MESSAGES);
        assertThat(gateway.management().number("ListenerStatistics,name=smtp", "TlsSessions"))
                .isEqualTo(SESSIONS + MESSAGES);
        assertThat(spool()).isNotEmpty();
    }

    private List<Path> spool() {
        try (Stream<Path> files = Files.list(folder.resolve("postern-data").resolve("spool"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertFurtherMailIsTaken() throws IOException {
        try (SmtpDialogue dialogue = SmtpDialogue.openWithStarttls(gateway.port())) {
            assertThat(dialogue.deliver("sender@example.com", Mail.withSubject(Mail.subject()), "small@localhost"))
                    .startsWith("250 ");
        }
        assertThat(gateway.mailbox("small")).hasSize(1);
    }

    /** Lines that are all as long as the header is. */
    private static byte[] content() {
        String header = "Subject: " + "x".repeat(LINE - "Subject: \r\n\r\n".length()) + "\r\n\r\n";
        String line = "x".repeat(LINE - 2) + "\r\n";
        return (header + line.repeat(SIZE / LINE - 1)).getBytes(StandardCharsets.US_ASCII);
    }
}
