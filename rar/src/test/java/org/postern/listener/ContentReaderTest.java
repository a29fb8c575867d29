package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.content.Spool;
import org.postern.content.SpooledContent;

class ContentReaderTest {

    @TempDir
    Path folder;

    private SpooledContent content;
    private ContentSink sink;
    private ContentReader reader;

    @ParameterizedTest
    @CsvSource({
        "'hi~.~', 'hi~'",
        "'.~', ''",
        "'..dot~.~', '.dot~'",
        "'...~.~', '..~'",
        "'a~..~b~.~', 'a~.~b~'",
        "'a.~.~', 'a.~'",
        "'.a~.~', 'a~'",
        "'~~.~', '~~'"
    })
    void dotsShouldBeUnstuffedAndTheLastOneShouldEndTheContent(String sent, String expected) throws IOException {
        assertThat(feedWhole(BareNewline.REJECT, crlf(sent))).isTrue();
        assertThat(taken()).isEqualTo(crlf(expected));
        assertThat(sink.isRejected()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n.\n",
                "a\n.\r\n",
                "a\r\n.\n",
                "a\r.\r",
                "a\r\r.\r\r",
                "a\r.\r\n",
                "a\r\n.\r",
                "a\n.\r",
                "a\r\n\u0000.\r\n",
                "a\r\n.\u0000\r\n",
                "a\r\n.\n\r\n",
                "a\n\n.\n\n",
                "a\r\n.\r\r\n",
                ".\n",
                ".\r.\r\n"
            })
    void nothingElseShouldEndTheContent(String trick) throws IOException {
        for (BareNewline setting : BareNewline.values()) {
            assertThat(feedWhole(setting, trick)).as(setting.name()).isFalse();
            assertThat(feedByOctets(setting, trick)).as(setting.name()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\r\n.\r\n", "a\rb\r\n.\r\n", "a\r\r\n.\r\n", "\n\r\n.\r\n", "\r\r\n.\r\n"})
    void bareNewlineShouldBeFoundAndRejected(String sent) throws IOException {
        assertThat(feedWhole(BareNewline.REJECT, sent)).isTrue();
        assertThat(sink.isRejected()).isTrue();
        assertThat(feedByOctets(BareNewline.REJECT, sent)).isTrue();
        assertThat(sink.isRejected()).isTrue();
    }

    @Test
    void bareNewlinesShouldBecomeCrlfWhereThatIsAllowed() throws IOException {
        assertThat(feedWhole(BareNewline.NORMALIZE, "a\nb\rc\r\n\n.\nd\r\n.\r\n"))
                .isTrue();
        assertThat(taken()).isEqualTo("a\r\nb\r\nc\r\n\r\n.\r\nd\r\n");
        assertThat(sink.isRejected()).isFalse();
    }

    @Test
    void contentThatIsTooBigShouldBeReadToItsEnd() throws IOException {
        start(BareNewline.REJECT, 10);
        ByteBuf in = Unpooled.copiedBuffer("0123456789abcdef\r\nmore\r\n.\r\nNOOP\r\n", StandardCharsets.US_ASCII);
        assertThat(reader.read(in)).isTrue();
        assertThat(sink.isTooBig()).isTrue();
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("NOOP\r\n");
    }

    @Test
    void howTheOctetsArriveShouldMakeNoDifference() throws IOException {
        Random random = new Random(20260101);
        String[] pieces = {"\r\n", "\r", "\n", ".", "..", "x", "text", "\r\n.", "\u0000"};
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            text.append("\r\n.\r\n");
            for (BareNewline setting : BareNewline.values()) {
                feedWhole(setting, text.toString());
                String whole = taken() + sink.isRejected();
                feedByOctets(setting, text.toString());
                assertThat(taken() + sink.isRejected()).as("%s", text).isEqualTo(whole);
            }
        }
    }

    private void start(BareNewline setting, long maxSize) throws IOException {
        content = new Spool(folder, 1 << 20).begin("m", 0);
        sink = new ContentSink(content, setting, maxSize);
        reader = new ContentReader(sink);
    }

    private boolean feedWhole(BareNewline setting, String text) throws IOException {
        start(setting, 0);
        return reader.read(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    private boolean feedByOctets(BareNewline setting, String text) throws IOException {
        start(setting, 0);
        ByteBuf in = Unpooled.buffer();
        for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
            in.writeByte(octet);
            if (reader.read(in)) {
                return true;
            }
            assertThat(in.readableBytes()).isLessThanOrEqualTo(2);
        }
        return false;
    }

    private String taken() throws IOException {
        content.complete();
        return new String(content.stream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String crlf(String text) {
        return text.replace("~", "\r\n");
    }
}
