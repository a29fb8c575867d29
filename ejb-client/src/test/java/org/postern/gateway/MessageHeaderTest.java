package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.postern.MailContent;

class MessageHeaderTest {

    @Test
    void bodyShouldBeLeftOut() throws IOException {
        assertThat(header("A: b\r\n\tc\r\n\r\nbody\r\n\r\nmore\r\n")).isEqualTo("A: b\r\n\tc\r\n");
    }

    @Test
    void messageThatIsAllHeaderShouldBeItself() throws IOException {
        assertThat(header("A: b\r\nC: d\r\n")).isEqualTo("A: b\r\nC: d\r\n");
    }

    @Test
    void messageThatIsAllBodyShouldHaveNone() throws IOException {
        assertThat(header("\r\nA: b\r\n")).isEmpty();
        assertThat(header("")).isEmpty();
    }

    @Test
    void longHeaderShouldEndWithAWholeLine() throws IOException {
        String line = "A: " + "b".repeat(95) + "\r\n";
        String header = header(line.repeat(1_000));
        assertThat(header.length()).isBetween(MessageHeader.MAX_OCTETS - 100, MessageHeader.MAX_OCTETS);
        assertThat(header).isEqualTo(line.repeat(header.length() / 100));
    }

    @Test
    void headerShouldEndBeforeALineThatNoMessageMayHave() throws IOException {
        String longest = "B: " + "c".repeat(995) + "\r\n";
        assertThat(header("A: b\r\n" + longest + "C: d\r\n\r\n")).isEqualTo("A: b\r\n" + longest + "C: d\r\n");
        assertThat(header("A: b\r\nc" + longest + "C: d\r\n\r\n")).isEqualTo("A: b\r\n");
        assertThat(header("A: b\r\nB: \0\r\nC: d\r\n\r\n")).isEqualTo("A: b\r\n");
    }

    private static String header(String message) throws IOException {
        return new String(
                MessageHeader.of(MailContent.of(message.getBytes(StandardCharsets.UTF_8))), StandardCharsets.UTF_8);
    }
}
