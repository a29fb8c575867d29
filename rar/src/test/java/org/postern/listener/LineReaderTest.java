package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.container.TestClient;

class LineReaderTest {

    private static final String TOO_LONG = "x".repeat(LineReader.MAX_LENGTH + 1);

    private final LineReader reader = new LineReader();
    private final ByteBuf in = Unpooled.buffer();

    @Test
    void linesShouldEndAtCrlf() {
        assertThat(read("EHLO a\r\n\r\nNOOP \tb\u00fc\r\nQUI")).containsExactly("EHLO a", "", "NOOP \tb\u00fc");
        assertThat(read("T\r")).isEmpty();
        assertThat(read("\n")).containsExactly("QUIT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOOP\nNOOP",
                "NOOP\rNOOP",
                "\nNOOP",
                "\rNOOP",
                "NOOP\n\n",
                "NOOP\r",
                "NOOP\n\rNOOP",
                "\n.\n",
                "\r\r"
            })
    void bareCrOrLfShouldSpoilOneLineAndEndNone(String line) {
        assertThat(read(line + "\r\nQUIT\r\n"))
                .containsExactly("bad: Only CRLF ends a line; a bare CR or LF is not allowed", "QUIT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO\u0000OP", "\u0000", "NOOP \u001b[2J", "NOOP \u007f", "NOOP \b"})
    void controlCharacterShouldSpoilTheLine(String line) {
        assertThat(read(line + "\r\nQUIT\r\n"))
                .containsExactly("bad: A command line must not contain control characters or broken UTF-8", "QUIT");
    }

    @Test
    void brokenUtf8ShouldSpoilTheLine() {
        in.writeBytes(new byte[] {'N', 'O', 'O', 'P', ' ', (byte) 0xc3, '(', '\r', '\n'});
        assertThat(read("QUIT\r\n"))
                .containsExactly("bad: A command line must not contain control characters or broken UTF-8", "QUIT");
    }

    @Test
    void longestLineShouldBeReadAndALongerOneSkippedToItsEnd() {
        String longest = TOO_LONG.substring(1);
        assertThat(read(longest + "\r\n" + TOO_LONG + "\r\n" + TOO_LONG + TOO_LONG + "\nMAIL\r\nQUIT\r\n"))
                .containsExactly(longest, tooLong(), tooLong(), "QUIT");
    }

    @Test
    void lineThatIsTooLongShouldBeKnownByItsBeginningAndKeptNowhere() {
        in.writeCharSequence("BDAT 1 x", StandardCharsets.US_ASCII);
        for (int i = 0; i < 100; i++) {
            assertThat(read(TOO_LONG + "\n")).isEmpty();
            assertThat(in.readableBytes()).isLessThanOrEqualTo(LineReader.MAX_LENGTH + 1);
        }
        in.writeCharSequence("\r\nQUIT\r\n", StandardCharsets.US_ASCII);
        LineReader.Line line = reader.next(in);
        assertThat(line.isBad()).isTrue();
        assertThat(line.text()).isEqualTo("BDAT 1 x");
        assertThat(read("")).containsExactly("QUIT");
    }

    @Test
    void whereReadsAreCutShouldMakeNoDifference() {
        String sent =
                "NOOP\r\nA\nB\r\nA\rB\r\n\r\r\n" + TOO_LONG + "\r\r\n" + TOO_LONG + "\n\r\nNO\u0000OP\r\nQUIT\r\n";
        List<String> expected = read(sent);
        assertThat(expected).hasSize(8).startsWith("NOOP").endsWith("QUIT");
        List<String> inPieces = new ArrayList<>();
        sent.chars().forEach(c -> inPieces.addAll(read(String.valueOf((char) c))));
        assertThat(inPieces).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOOP\nNOOP", "NOOP\rNOOP", "MAIL FROM:<>\nRCPT TO:<a@accepted.example>\nDATA\n", "\u0000"})
    void badLineShouldGetOneReply(String line, @TempDir Path folder) throws IOException {
        assertThat(replies(folder, line)).hasSize(3).element(1).asString().startsWith("500 5.5.2 ");
    }

    @Test
    void lineThatIsTooLongShouldGetOneReply(@TempDir Path folder) throws IOException {
        assertThat(replies(folder, "NOOP " + "x".repeat(506)))
                .hasSize(3)
                .element(1)
                .asString()
                .startsWith("500 5.5.2 ");
        assertThat(replies(folder, TOO_LONG + "\n" + TOO_LONG))
                .hasSize(3)
                .element(1)
                .asString()
                .startsWith("500 5.5.2 ");
    }

    /** Says the line between two that are good. {@return all replies until the session has ended} */
    private static List<String> replies(Path folder, String line) throws IOException {
        try (TestListener server = new TestListener(folder, new TestDeliveries(), Map.of());
                TestClient client = new TestClient(server.address(), false)) {
            client.reply();
            client.send("NOOP\r\n" + line + "\r\nQUIT\r\n");
            List<String> replies = new ArrayList<>();
            for (String reply = client.line(); reply != null; reply = client.line()) {
                replies.add(reply);
            }
            assertThat(replies.get(0)).startsWith("250 ");
            assertThat(replies.get(replies.size() - 1)).startsWith("221 ");
            return replies;
        }
    }

    private static String tooLong() {
        return "bad: A command line must have at most " + (LineReader.MAX_LENGTH + 2) + " octets";
    }

    private List<String> read(String sent) {
        in.writeCharSequence(sent, StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (LineReader.Line line = reader.next(in); line != null; line = reader.next(in)) {
            lines.add(line.isBad() ? "bad: " + line.problem() : line.text());
        }
        return lines;
    }
}
