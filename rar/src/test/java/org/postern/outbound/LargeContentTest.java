package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postern.MailContent;
import org.postern.MailDeliveryException;

/** Content that does not fit one flight. */
class LargeContentTest extends DialogueTest {

    @Test
    void largeMessageShouldFollowTheAnswerAboutItsEnvelopeByteForByte() throws Exception {
        String large = large();
        try (ScriptedServer server = server(
                "PIPELINING",
                "CHUNKING",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                S: 250 OK
                S: 550 Nobody here
                S: 250 OK
                C: BDAT %1$d LAST
                CONTENT %1$d
                S: 250 taken
                """
                        .formatted(large.length()))) {
            assertThat(send(server, large).refused()).hasSize(1);
            assertThat(content(server)).isEqualTo(large);
        }
    }

    @Test
    void largeMessageShouldBeStuffedByteForByte() throws Exception {
        String large = large();
        try (ScriptedServer server = server(
                "PIPELINING",
                "X",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 250 OK
                S: 354 Go
                DATA
                S: 250 taken
                """)) {
            send(server, large);
            assertThat(content(server)).isEqualTo(large.replace("\r\n.", "\r\n..") + ".\r\n");
        }
    }

    @Test
    void largeMessageForNobodyShouldNotBeSent() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "CHUNKING",
                large(),
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                S: 250 OK
                S: 550 Nobody here
                S: 550 Nobody here
                """);
        assertThat(failure.isTemporary()).isFalse();
    }

    @Test
    void serverThatRefusesInTheMiddleShouldBeHeard() throws Exception {
        MailDeliveryException failure = fail(
                "PIPELINING",
                "X",
                "x".repeat(30_000_000),
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 250 OK
                S: 354 Go
                CONTENT 1000
                S: 552 5.3.4 Too much
                HANG UP
                """);
        assertThat(failure.reply().code()).isIn(552, 421);
    }

    @Test
    void serverThatTakesNoContentShouldBeLeft() throws Exception {
        try (ScriptedServer server = server(
                "PIPELINING",
                "X",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 250 OK
                S: 354 Go
                HOLD
                """)) {
            Duration patient = Duration.ofSeconds(20);
            Duration block = Duration.ofMillis(100);
            Timeouts timeouts =
                    new Timeouts(patient, patient, patient, patient, block, patient, patient, Lifetime.ENDLESS);
            MailDeliveryException failure = catchThrowableOfType(
                    MailDeliveryException.class, () -> send(server, "x".repeat(30_000_000), timeouts));
            assertThat(failure).hasMessageContaining("did not take a piece of the content");
            server.release();
        }
    }

    @Test
    void contentThatCannotBeReadToItsEndShouldNotBeTakenForWhole() throws Exception {
        breakOff(true);
        breakOff(false);
    }

    private static void breakOff(boolean checked) throws IOException {
        try (ScriptedServer server = server(
                "PIPELINING",
                "X",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                C: DATA
                S: 250 OK
                S: 250 OK
                S: 250 OK
                S: 354 Go
                CUT
                """)) {
            MailDeliveryException refusal = catchThrowableOfType(
                    MailDeliveryException.class, () -> send(server, new Breaking(checked), TestClients.PATIENT));
            assertThat(refusal.isTemporary()).isTrue();
            assertThat(refusal).hasMessageContaining("could not be read: the disk is gone");
        }
    }

    @Test
    void streamThatCannotBeClosedShouldNotTurnATakenMessageIntoAFailure() throws Exception {
        String large = large();
        try (ScriptedServer server = server(
                "PIPELINING",
                "CHUNKING",
                """
                C: MAIL FROM:<a@example.org>
                C: RCPT TO:<b@example.org>
                C: RCPT TO:<c@example.org>
                S: 250 OK
                S: 250 OK
                S: 250 OK
                C: BDAT %1$d LAST
                CONTENT %1$d
                S: 250 taken
                """
                        .formatted(large.length()))) {
            MailContent content = new Unclosable(large.getBytes(StandardCharsets.US_ASCII));
            assertThat(send(server, content, TestClients.PATIENT).isComplete()).isTrue();
        }
    }

    private static String large() {
        return "Subject: x\r\n\r\n" + ".dotted line and more\r\nplain line\r\n".repeat(30_000);
    }

    /** Can be read once, and half way again. */
    private static final class Breaking implements MailContent {
        private static final int SIZE = 1_000_000;
        private final boolean checked;
        private boolean wasRead;

        Breaking(boolean checked) {
            this.checked = checked;
        }

        @Override
        public InputStream stream() {
            InputStream whole = new ByteArrayInputStream(new byte[SIZE]);
            boolean breaks = wasRead;
            wasRead = true;
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    return whole.read();
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    if (breaks && whole.available() < SIZE / 2) {
                        throwIt();
                    }
                    return whole.read(buffer, offset, length);
                }
            };
        }

        private void throwIt() throws IOException {
            if (checked) {
                throw new IOException("the disk is gone");
            }
            throw new IllegalStateException("the disk is gone");
        }

        @Override
        public long size() {
            return SIZE;
        }
    }

    /** Can be closed once, and not again. */
    private static final class Unclosable implements MailContent {
        private final byte[] octets;
        private boolean wasClosed;

        Unclosable(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(octets) {
                @Override
                public void close() throws IOException {
                    if (wasClosed) {
                        throw new IOException("the disk is gone");
                    }
                    wasClosed = true;
                }
            };
        }

        @Override
        public long size() {
            return octets.length;
        }
    }
}
