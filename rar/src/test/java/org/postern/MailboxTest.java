package org.postern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "first.last+tag@example.org",
                "\"two words\"@example.org",
                "\"quoted \\\" and @\"@example.org",
                "x@[192.0.2.1]",
                "x@[IPv6:2001:db8::1]",
                "x@[IPv6:::ffff:192.0.2.1]",
                "x@my_host.example",
                "jürgen@bücher.example",
                "!#$%&'*+-/=?^_`{|}~@example.org"
            })
    void wellFormedAddressShouldBeRead(String text) {
        assertThat(Mailbox.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nobody",
                "@example.org",
                "a@",
                ".a@example.org",
                "a.@example.org",
                "a..b@example.org",
                "a b@example.org",
                "a@exa mple.org",
                "a@-example.org",
                "a@example-.org",
                "a@example..org",
                "a@.example.org",
                "a@example.org.",
                "a@[192.0.2]",
                "a@[192.0.2.256]",
                "a@[IPv6:1::2::3]",
                "a@[IPv6:1:2:3:4:5:6:7]",
                "a@[host]",
                "a@[\u0131Pv6:2001:db8::1]",
                "a@[192.0.2.\u0661]",
                "a\r\nRCPT TO:<x@example.org",
                "a@example.org\r",
                "\"a\r\n\"@example.org",
                "\"unfinished@example.org",
                "\"\"\"@example.org",
                "\"\\\"@example.org",
                "a<b@example.org",
                "a>b@example.org",
                "a\u0000@example.org"
            })
    void malformedAddressShouldBeRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Mailbox.parse(text));
    }

    @Test
    void partsThatAreTooLongShouldBeRefused() {
        assertThat(Mailbox.parse("a".repeat(64) + "@b")).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> Mailbox.parse("a".repeat(65) + "@b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Mailbox.parse("a@" + "b".repeat(64) + ".org"));
        assertThatIllegalArgumentException().isThrownBy(() -> Mailbox.parse("a@" + "b.".repeat(127) + "org"));
    }

    @Test
    void postmasterShouldBeKnownInAnyCaseAndQuoting() {
        assertThat(Mailbox.parse("PostMaster@example.org").isPostmaster()).isTrue();
        assertThat(Mailbox.parse("\"postmaster\"@example.org").isPostmaster()).isTrue();
        assertThat(Mailbox.parse("postmasters@example.org").isPostmaster()).isFalse();
        // A long s has S for its upper case.
        assertThat(Mailbox.parse("po\u017ftmaster@example.org").isPostmaster()).isFalse();
    }

    @Test
    void quotingShouldBeUndone() {
        assertThat(Mailbox.parse("\"a\\\"b\\\\c\"@example.org").unquotedLocalPart())
                .isEqualTo("a\"b\\c");
    }
}
