package org.postern.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Reply;

class ReplyReaderTest {

    private final ReplyReader reader = new ReplyReader();

    @Test
    void oneLineShouldBeAReply() throws MalformedReplyException {
        assertThat(reader.line("250 OK")).contains(new Reply(250, "", "OK"));
    }

    @Test
    void codeAloneShouldBeAReply() throws MalformedReplyException {
        assertThat(reader.line("354")).contains(new Reply(354, "", ""));
    }

    @Test
    void linesShouldBeGatheredUntilTheLast() throws MalformedReplyException {
        assertThat(reader.line("250-mx.example.org")).isEmpty();
        assertThat(reader.isInside()).isTrue();
        assertThat(reader.line("250 SIZE 1000")).contains(new Reply(250, "", List.of("mx.example.org", "SIZE 1000")));
        assertThat(reader.isInside()).isFalse();
    }

    @Test
    void enhancedStatusShouldBeSplitOffEveryLine() throws MalformedReplyException {
        reader.line("550-5.1.1 No such user");
        assertThat(reader.line("550 5.1.1 here")).contains(new Reply(550, "5.1.1", List.of("No such user", "here")));
    }

    @Test
    void statusOfAnotherClassShouldStayText() throws MalformedReplyException {
        assertThat(reader.line("550 2.1.1 odd")).contains(new Reply(550, "", "2.1.1 odd"));
        assertThat(reader.line("250 2.0.0.1 address")).contains(new Reply(250, "", "2.0.0.1 address"));
    }

    @Test
    void statusOfOneReplyShouldNotLeakIntoTheNext() throws MalformedReplyException {
        reader.line("250 2.1.0 OK");
        assertThat(reader.line("250 OK")).contains(new Reply(250, "", "OK"));
    }

    @Test
    void controlCharactersShouldBeMadeHarmless() throws MalformedReplyException {
        assertThat(reader.line("550 a\u001b[2Jb\rc\u0000\u009bd\te")).contains(new Reply(550, "", "a?[2Jb?c??d e"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "25", "hello", "099 x", "600 x", "250+x", "2500 x", " 250 x"})
    void otherLinesShouldBeRefused(String line) {
        assertThatThrownBy(() -> reader.line(line)).isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void changingCodeShouldBeRefused() throws MalformedReplyException {
        reader.line("250-a");
        assertThatThrownBy(() -> reader.line("550 b")).isInstanceOf(MalformedReplyException.class);
    }

    @Test
    void endlessReplyShouldBeRefused() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        reader.line("250-more");
                    }
                })
                .isInstanceOf(MalformedReplyException.class)
                .hasMessageContaining("128 lines");
    }
}
