package org.postern.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a@b> SIZE=1                           | a@b",
                "<\"a>b\"@c.example>                    | \"a>b\"@c.example",
                "<@one.example:a@b>                     | a@b",
                "<@one.example,@two.example:a@b>        | a@b",
                "<@one.example:\"@x:\"@b>               | \"@x:\"@b",
                "<@b\u00fccher.example:a@b>             | a@b",
            })
    void mailboxShouldStandBehindARouteOfDomains(String text, String mailbox) {
        assertThat(Path.cut(text).withoutRoute()).isEqualTo(mailbox);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<@:a@b>",
                "<@one.example>",
                "<@one.example,two.example:a@b>",
                "<@one.example,:a@b>",
                "<@one.example,@:a@b>",
                "<@one.example, @two.example:a@b>",
                "<@one..example:a@b>",
                "<@-one.example:a@b>",
                "<@a@one.example:a@b>",
                "<@\"one.example\":a@b>",
                "<@[192.0.2.1]:a@b>",
                "<@[IPv6:2001:db8::1]:a@b>",
                "<@any thing:a@b>"
            })
    void whatIsNoRouteOfDomainsShouldBeRefused(String text) {
        Path path = Path.cut(text);
        assertThatIllegalArgumentException()
                .isThrownBy(path::withoutRoute)
                .withMessageStartingWith("A source route must ");
    }

    @Test
    void onlyNothingAtAllShouldBeTheNullPath() {
        assertThat(Path.cut("<>").isNull()).isTrue();
        assertThat(Path.cut("<@one.example:>").isNull()).isFalse();
        assertThat(Path.cut("< >").isNull()).isFalse();
    }
}
