package org.postern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NextHopTest {

    @ParameterizedTest
    @CsvSource({
        "mail.example.org, mail.example.org:25",
        "MAIL.example.org:587, mail.example.org:587",
        "192.0.2.1:2525, 192.0.2.1:2525",
        "[2001:db8::1]:2525, [2001:db8::1]:2525",
        "[2001:db8::1], [2001:db8::1]:25",
        "2001:db8::1, [2001:db8::1]:25"
    })
    void hostAndPortShouldBeRead(String text, String expected) {
        NextHop hop = NextHop.parse(text);
        assertThat(hop).hasToString(expected);
        assertThat(NextHop.parse(hop.toString())).isEqualTo(hop);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":25",
                "host:",
                "host:0",
                "host:65536",
                "host:25x",
                "ho st",
                "[::1]x",
                "[::1",
                "a..b",
                "x\r\ny"
            })
    void anythingElseShouldBeRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> NextHop.parse(text));
    }

    @Test
    void equalHopsShouldBeOnePoolEntry() {
        assertThat(NextHop.of("A.example", 25)).isEqualTo(NextHop.of("a.example", 25));
    }
}
