package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.MailRejectedException;
import org.postern.Reply;
import org.postern.container.TestClient;

/** What a sender is told of what a bean does, over the port of a whole adapter. */
class BeanRepliesTest {

    @TempDir
    Path folder;

    private DeployedAdapter deployed;

    @BeforeEach
    void configure() {
        deployed = new DeployedAdapter(folder);
    }

    @AfterEach
    void stop() throws Exception {
        deployed.close();
    }

    @Test
    void everyOutcomeOfTheBeanShouldBecomeItsReply() throws Exception {
        deployed.serve(mail -> {
            switch (mail.envelope().recipients().get(0).mailbox().localPart()) {
                case "rollback" -> deployed.container.transactions().setRollbackOnly();
                case "broken" -> throw new IllegalStateException("secret");
                case "refused" -> throw new MailRejectedException(550, "5.7.1", "Not for you");
                case "terse" -> throw new MailRejectedException(new Reply(554, "", "No"));
                default -> assertThat(mail.heloName()).isEqualTo("client.example");
            }
        });
        assertThat(deployed.send("fine@localhost")).startsWith("250 2.0.0");
        assertThat(deployed.send("rollback@localhost")).startsWith("451 4.3.0");
        assertThat(deployed.send("broken@localhost")).startsWith("451 4.3.0").doesNotContain("secret");
        assertThat(deployed.send("refused@localhost")).matches("550 5\\.7\\.1 Not for you \\(id [0-9a-z]+\\)");
        assertThat(deployed.send("terse@localhost")).startsWith("554 5.0.0 No");
        assertThat(deployed.figure("MessagesAccepted")).isEqualTo(1);
        assertThat(deployed.figure("MessagesRefused")).isEqualTo(4);
        assertThat(deployed.figures("RefusalsByCode")).containsExactly("451: 2", "550: 1", "554: 1");
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void sessionShouldEndWhereTheBeanSaysSo() throws Exception {
        deployed.serve(mail -> {
            throw new MailRejectedException(421, "4.3.2", "Not now");
        });
        try (TestClient client = deployed.greet()) {
            assertThat(client.message("joe@localhost", "text\r\n")).startsWith("421 4.3.2 Not now");
            assertThat(client.line()).isNull();
        }
    }

    @Test
    void refusalsOfTheBeanShouldCountAsErrorsOfTheSession() throws Exception {
        deployed.adapter.setMaxErrors("2");
        deployed.serve(mail -> {
            throw new MailRejectedException(550, "5.7.1", "Not for you");
        });
        try (TestClient client = deployed.greet()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.message("joe@localhost", "text\r\n")).startsWith("550 5.7.1");
            }
            assertThat(client.line()).isEqualTo("421 4.7.0 Too many errors");
        }
        assertThat(deployed.figures("LimitsReachedBySetting")).containsExactly("maxErrors: 1");
    }

    @Test
    void peersShouldBeToldANameBeyondAsciiInALabels() throws Exception {
        deployed.adapter.setHostName("b\u00fccher.example");
        deployed.serve(mail -> {});
        try (TestClient client = deployed.greet()) {
            assertThat(client.ask("HELO client.example")).isEqualTo("250 xn--bcher-kva.example greets client.example");
        }
    }
}
