package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.content.Spool;
import org.postern.content.SpooledContent;

class ChunkReaderTest {

    @TempDir
    Path folder;

    private SpooledContent content;
    private ContentSink sink;

    @Test
    void dotsShouldBeContent() throws IOException {
        assertThat(feed(BareNewline.REJECT, "a\r\n..b\r\n.\r\nc\r\n")).isEqualTo("a\r\n..b\r\n.\r\nc\r\n");
        assertThat(sink.isRejected()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "a\r\n\r", "\n", "a\r\r\n", "a\n.\r\n", "a\r\n.\r"})
    void bareNewlineShouldBeFoundWhereverTheChunkIsCut(String sent) throws IOException {
        feed(BareNewline.REJECT, sent);
        assertThat(sink.isRejected()).isTrue();
        feed(BareNewline.REJECT, sent.split("(?<=.)", -1));
        assertThat(sink.isRejected()).isTrue();
    }

    @Test
    void whereChunksAreCutShouldMakeNoDifferenceAndNoBareNewlineShouldRemain() throws IOException {
        Random random = new Random(20260101);
        String[] pieces = {"\r\n", "\r", "\n", ".", "x", "text", "\r\n.\r\n", "\u0000"};
        for (int round = 0; round < 1_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            int cut = random.nextInt(text.length() + 1);
            String whole = feed(BareNewline.NORMALIZE, text.toString());
            assertThat(feed(BareNewline.NORMALIZE, text.substring(0, cut), text.substring(cut)))
                    .isEqualTo(whole);
            assertThat(feed(BareNewline.NORMALIZE, text.toString().split("(?s)(?<=.)", -1)))
                    .isEqualTo(whole);
            assertThat(whole.replace("\r\n", "")).doesNotContain("\r", "\n");
        }
    }

    private String feed(BareNewline setting, String... chunks) throws IOException {
        content = new Spool(folder, 1 << 20).begin("m", 0);
        sink = new ContentSink(content, setting, 0);
        ChunkReader reader = new ChunkReader(sink);
        for (String chunk : chunks) {
            reader.read(Unpooled.copiedBuffer(chunk, StandardCharsets.ISO_8859_1), chunk.length());
        }
        reader.end();
        content.complete();
        return new String(content.stream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
