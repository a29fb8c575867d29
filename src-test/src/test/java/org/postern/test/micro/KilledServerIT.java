package org.postern.test.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.test.Mail;
import org.postern.test.SmtpDialogue;
import org.postern.test.Waiting;

/** A server that is killed ({@code kill -9}) while beans write what comes to a database. */
class KilledServerIT {

    private static final int CLIENTS = 8;
    private static final int KILLS = 2;
    private static final int LEAST_ANSWERED = 300;
    private static final int MESSAGES_OF_A_SESSION = 10;

    @TempDir
    private Path folder;

    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();

    /** No message is sent twice, so none may be there twice, whatever its sender was told. */
    @Test
    void everyMailAnswered250ShouldBeInTheDatabaseOnce() throws Exception {
        for (int kill = 1; kill <= KILLS; kill++) {
            int enough = answered.size() + LEAST_ANSWERED;
            List<Thread> clients;
            try (LedgerServer server = LedgerServer.start(folder)) {
                clients = sendWithoutEnd(server.port());
                Waiting.until("many messages were taken", () -> answered.size() >= enough || !unexpected.isEmpty());
            }
            for (Thread client : clients) {
                client.join(Waiting.PATIENCE.toMillis());
                assertThat(client.isAlive()).isFalse();
            }
            assertThat(unexpected).isEmpty();
            assertThat(LedgerServer.committed(folder)).doesNotHaveDuplicates().containsAll(answered);
        }
    }

    private List<Thread> sendWithoutEnd(int port) {
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < CLIENTS; number++) {
            Thread thread = new Thread(() -> sendUntilItEnds(port), "client " + number);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void sendUntilItEnds(int port) {
        while (sendInOneSession(port)) {
            // And the next.
        }
    }

    /** {@return whether there is still somebody to send to} */
    private boolean sendInOneSession(int port) {
        try (SmtpDialogue dialogue = SmtpDialogue.openWithStarttls(port)) {
            for (int i = 0; i < MESSAGES_OF_A_SESSION; i++) {
                String subject = Mail.subject();
                String reply = dialogue.deliver("sender@example.com", Mail.withSubject(subject), "joe@localhost");
                if (reply.startsWith("250 ")) {
                    answered.add(subject);
                } else {
                    unexpected.add(reply);
                }
            }
            return true;
        } catch (IOException killed) {
            return false;
        }
    }
}
