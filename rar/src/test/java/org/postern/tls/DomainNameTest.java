package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    private static final String LABEL_OF_63 = "a".repeat(63);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "x",
                "a-b.example",
                "1.2.example",
                "_dmarc.example.org",
                "_.org",
                "a_b.org",
                "xn--bcher-kva.de"
            })
    void domainNamesShouldBeValid(String name) {
        assertThat(DomainName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "example.org.",
                ".example.org",
                "a..b",
                "-a.org",
                "a-.org",
                "a.-b",
                "a.b-",
                "a_.org",
                "example._org",
                "a.o_g",
                "A.org",
                "b\u00fccher.de",
                "a b.org",
                "[192.0.2.1]"
            })
    void othersShouldNot(String name) {
        assertThat(DomainName.isValid(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lengthsShouldBeLimited(boolean tooLong) {
        String more = tooLong ? "a" : "";
        assertThat(DomainName.isValid(LABEL_OF_63 + more + ".org")).isEqualTo(!tooLong);
        String name = (LABEL_OF_63 + ".").repeat(3) + "a".repeat(61);
        assertThat(DomainName.isValid(name + more)).isEqualTo(!tooLong);
    }
}
