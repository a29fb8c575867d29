package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {

    @ParameterizedTest
    @CsvSource({
        "b\u00fccher.example, xn--bcher-kva.example",
        "B\u00dcCHER.Example, xn--bcher-kva.example",
        "mx.b\u00fccher\u3002example, mx.xn--bcher-kva.example"
    })
    void nameBeyondAsciiShouldBecomeALabels(String configured, String name) {
        assertThat(DeliverySettings.HOST_NAME.parse(configured)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MX.example.org", "a_b.example.org", "[192.0.2.1]", "[IPv6:2001:db8::1]"})
    void whatIsAsciiShouldStayAsItIs(String configured) {
        assertThat(DeliverySettings.HOST_NAME.parse(configured)).isEqualTo(configured);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Without an ASCII form by the rules of STD 3, or one that is too long.
                "b\u00fccher_.example",
                "b\u00fc cher.example",
                "-b\u00fccher.example",
                "b\u00fccher..example",
                "\u200d.example",
                "[\u0131Pv6:2001:db8::1]",
                "[b\u00fccher]",
                "two words",
                "mx.example.org."
            })
    void whatHasNoAsciiFormShouldBeRefusedWithASentence(String configured) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeliverySettings.HOST_NAME.parse(configured))
                .withMessageStartingWith(
                        "The setting hostName must be a domain name or an address literal in brackets, or empty, but it was ");
    }

    @Test
    void nameWhoseALabelsAreTooLongShouldBeRefused() {
        // It would be one in UTF-8.
        String name = "\u00fc\u00df\u00e4\u00f6\u00e9\u00e8\u00ea.".repeat(15) + "example";
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThan(255);
        assertThatIllegalArgumentException().isThrownBy(() -> DeliverySettings.HOST_NAME.parse(name));
    }

    @Test
    void nameOfThisMachineShouldBeAscii() {
        assertThat(HostName.resolve("")).isNotEmpty().matches("\\p{ASCII}+");
    }
}
