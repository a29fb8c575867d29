package org.postern.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AsciiTest {

    @Test
    void upperShouldKnowTheLettersOfAsciiOnly() {
        assertThat(Ascii.upper("Mail-1")).isEqualTo("MAIL-1");
        assertThat(Ascii.upper("ma\u0131l")).isEqualTo("ma\u0131l");
        assertThat(Ascii.upper("\u017fize")).isEqualTo("\u017fize");
    }

    @Test
    void charactersBeyondAsciiShouldBeEqualToNoneOfIt() {
        assertThat(Ascii.equalsIgnoringCase("Postmaster", "postMASTER")).isTrue();
        assertThat(Ascii.equalsIgnoringCase("po\u017ftmaster", "postmaster")).isFalse();
        assertThat(Ascii.equalsIgnoringCase("\u212a", "k")).isFalse();
    }

    @Test
    void numbersShouldHaveDigitsOfAsciiOnly() {
        assertThat(Ascii.isNumber("0123456789")).isTrue();
        assertThat(Ascii.isNumber("")).isFalse();
        assertThat(Ascii.isNumber("-1")).isFalse();
        assertThat(Ascii.isNumber("\u0661\u0662")).isFalse();
    }
}
