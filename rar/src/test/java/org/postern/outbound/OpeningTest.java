package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.MailDeliveryException;

/** What comes before the first message, TLS apart. */
class OpeningTest extends DialogueTest {

    @Test
    void serverWithoutEhloShouldBeGreetedWithHelo() throws Exception {
        String transcript =
                """
                S: 220 mx.example.org
                C: EHLO gateway.example.org
                S: 502 What?
                C: HELO gateway.example.org
                S: 250 mx.example.org
                C: MAIL FROM:<a@example.org>
                S: 550 Not you
                """;
        assertThat(fail(transcript).reply().toString()).isEqualTo("550 Not you");
    }

    @Test
    void refusingGreetingShouldBeTold() throws Exception {
        MailDeliveryException failure = fail("S: 554 5.3.2 No mail here");
        assertThat(failure.reply().toString()).isEqualTo("554 5.3.2 No mail here");
        assertThat(failure.isTemporary()).isFalse();
        assertThat(failure.tlsFailure()).isEmpty();
    }

    @Test
    void silentServerShouldBeLeft() throws Exception {
        try (ScriptedServer server = new ScriptedServer(tls.server(), List.of("SILENCE"))) {
            Timeouts impatient = TestClients.timeouts(Duration.ofMillis(50), Duration.ofSeconds(20));
            MailDeliveryException failure =
                    catchThrowableOfType(MailDeliveryException.class, () -> send(server, "x\r\n", impatient));
            assertThat(failure.reply().enhancedStatus()).isEqualTo("4.4.2");
            assertThat(failure).hasMessageContaining("did not answer").hasMessageContaining("localhost");
        }
    }

    @Test
    void serverThatIsNotThereShouldBeTold() throws Exception {
        ScriptedServer gone = new ScriptedServer(tls.server(), List.of());
        gone.close();
        MailDeliveryException failure = catchThrowableOfType(MailDeliveryException.class, () -> send(gone, "x\r\n"));
        assertThat(failure.reply().enhancedStatus()).isEqualTo("4.4.1");
        assertThat(failure).hasMessageContaining("There is no connection to localhost:");
    }

    @Test
    void serverThatSpeaksSomethingElseShouldBeLeft() throws Exception {
        MailDeliveryException failure = fail("S: SSH-2.0-OpenSSH_9.6\nSILENCE");
        assertThat(failure.reply().enhancedStatus()).isEqualTo("4.5.0");
        assertThat(failure).hasMessageContaining("did not speak SMTP");
    }

    private static MailDeliveryException fail(String transcript) throws IOException {
        try (ScriptedServer server = new ScriptedServer(tls.server(), List.of(transcript))) {
            return catchThrowableOfType(MailDeliveryException.class, () -> send(server, "x\r\n"));
        }
    }
}
