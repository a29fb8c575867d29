package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DsnValuesTest {

    @ParameterizedTest
    @CsvSource({
        "QQ314159, QQ314159",
        "id+3D1+2B2+20x, id=1+2 x",
        "a+20b$\\1, a b$\\1",
        "x+0D+0ABcc:+20y@example.org, x+0D+0ABcc:+20y@example.org",
        "x+00, x+00",
        "x+7F, x+7F",
        "caf+C3+A9, caf+C3+A9"
    })
    void envelopeIdShouldBeDecodedWhereItIsPrintable(String xtext, String decoded) {
        assertThat(DsnValues.envelopeId(xtext)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @CsvSource({
        "rfc822;Joe+2Blists@Example.org, rfc822;Joe+lists@Example.org",
        "RFC822;a+0D+0AX:y, RFC822;a+0D+0AX:y",
        "x400;/C=de/, x400;/C=de/",
        "utf-8;j\\x{FC}rgen@example.org, utf-8;j\\x{FC}rgen@example.org",
        "utf-8;j+C3, utf-8;j+C3"
    })
    void originalRecipientShouldStayAsciiWithoutSmtputf8(String value, String field) {
        assertThat(DsnValues.originalRecipient(value, false)).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource({
        "utf-8;j\\x{FC}rgen@example.org, utf-8;jürgen@example.org",
        "UTF-8;jürgen\\x{2B}x@example.org, UTF-8;jürgen+x@example.org",
        "utf-8;\\x{1F600}@example.org, utf-8;\uD83D\uDE00@example.org",
        "utf-8;a\\x{10}b@example.org, utf-8;a\\x{10}b@example.org",
        "utf-8;a\\x{85}b@example.org, utf-8;a\\x{85}b@example.org",
        "utf-8;a\\x{D800}b@example.org, utf-8;a\\x{D800}b@example.org",
        "utf-8;a\\x{GG}, utf-8;a\\x{GG}",
        "rfc822;Joe+2Blists@Example.org, rfc822;Joe+lists@Example.org"
    })
    void originalRecipientShouldBeUtf8WithSmtputf8(String value, String field) {
        assertThat(DsnValues.originalRecipient(value, true)).isEqualTo(field);
    }

    @Test
    void lineEndShouldNotComeFromTheNumberOfACharacter() {
        String value = "utf-8;a\\x{0D}\\x{0A}Bcc: b@example.org";
        assertThat(DsnValues.originalRecipient(value, true)).isEqualTo(value);
    }
}
