package org.postern.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.MailContent;

class ContentTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "a\r\n\r", "\n", "\r\r\n", "a\r\n.\n.\r\n"})
    void bareCrOrLfShouldBeRefused(String text) {
        assertThatThrownBy(() -> check(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must end in CRLF");
    }

    @Test
    void crlfOverThePiecesOfAReadShouldBeWhole() throws IOException {
        String text = "x".repeat(Content.SMALL) + "\r\n" + "y".repeat(10) + "\r\n";
        assertThat(check(text).size()).isEqualTo(text.length());
        String bare = "x".repeat(Content.SMALL) + "\rz";
        assertThatThrownBy(() -> check(bare)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"'a: b~~c~',false,false", "'a: b~~ü~',true,false", "'a: ü~~b~',true,true"})
    void octetsBeyondAsciiShouldBeFound(String text, boolean anywhere, boolean inHeader) throws IOException {
        Content content = check(text.replace("~", "\r\n"));
        assertThat(content.isEightBit()).isEqualTo(anywhere);
        assertThat(content.isHeaderEightBit()).isEqualTo(inHeader);
    }

    @ParameterizedTest
    @CsvSource({
        "'a~',         'a~',     'a~.~'",
        "'a',          'a~',     'a~.~'",
        "'',           '',       '.~'",
        "'.~',         '.~',     '..~.~'",
        "'.a~..~b.~.', '.a~..~b.~.~', '..a~...~b.~..~.~'",
    })
    void contentShouldBeStuffedForDataAndLeftAloneForBdat(String text, String counted, String dotted)
            throws IOException {
        Content content = check(text.replace("~", "\r\n"));
        assertThat(all(Chunks.counted(content))).isEqualTo(counted.replace("~", "\r\n"));
        assertThat(all(Chunks.dotted(content))).isEqualTo(dotted.replace("~", "\r\n"));
        assertThat(content.size()).isEqualTo(counted.replace("~", "\r\n").length());
    }

    @Test
    void dotBehindThePieceBoundaryShouldBeStuffed() throws IOException {
        String text = "x".repeat(256 * 1024 - 2) + "\r\n" + ".y\r\n";
        assertThat(all(Chunks.dotted(check(text)))).isEqualTo(text.replace("\r\n.y", "\r\n..y") + ".\r\n");
        assertThat(all(Chunks.counted(check(text)))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 2})
    void contentThatChangedItsSizeShouldNotPassForWhole(int by) throws IOException {
        Content content = Content.check(new Changing(by));
        assertThatThrownBy(() -> all(Chunks.counted(content)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed");
    }

    private static Content check(String text) throws IOException {
        return Content.check(MailContent.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String all(Chunks chunks) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (chunks) {
            while (chunks.hasNext()) {
                all.writeBytes(chunks.next());
            }
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Is longer or shorter when it is read again. */
    private static final class Changing implements MailContent {
        private final int by;
        private int length = 100_000;

        Changing(int by) {
            this.by = by;
        }

        @Override
        public InputStream stream() {
            InputStream stream = new ByteArrayInputStream(new byte[length]);
            length += by;
            return stream;
        }

        @Override
        public long size() {
            return length;
        }
    }
}
