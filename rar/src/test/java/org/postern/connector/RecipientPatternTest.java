package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.InvalidPropertyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Mailbox;
import org.postern.container.Bean;
import org.postern.container.Container;

class RecipientPatternTest {

    private final Container container = new Container(1);
    private final Endpoints endpoints = new Endpoints();

    @AfterEach
    void close() throws InterruptedException {
        container.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "orders@example.org, address",
        "ORDERS@Example.ORG, address",
        "\"orders\"@example.org, address",
        "\"Or\\ders\"@example.org, address",
        "\"\"@example.org, domain",
        "other@example.org, domain",
        "a@sub.example.org, subdomain",
        "a@deep.sub.example.org, deeper",
        "a@elsewhere.example, all",
        "a@notexample.org, all"
    })
    void mostSpecificPatternShouldWin(String recipient, String expected) throws ResourceException {
        Endpoint all = add("*");
        Endpoint subdomain = add("*@.example.org");
        Endpoint deeper = add("*@.sub.example.org");
        Endpoint domain = add("*@example.org");
        Endpoint address = add("orders@example.org");
        Endpoint wanted =
                switch (expected) {
                    case "address" -> address;
                    case "domain" -> domain;
                    case "subdomain" -> subdomain;
                    case "deeper" -> deeper;
                    default -> all;
                };
        assertThat(endpoints.find(Mailbox.parse(recipient))).contains(wanted);
    }

    @Test
    void equalPatternsOfTwoBeansShouldBeRefused() throws ResourceException {
        add("orders@example.org, *@shop.example");
        assertThatExceptionOfType(ResourceException.class)
                .isThrownBy(() -> add("x@y.example, *@SHOP.example"))
                .withMessageContaining("*@shop.example");
        assertThat(endpoints.find(Mailbox.parse("x@y.example"))).isEmpty();
    }

    @Test
    void quotesShouldChangeNothingInAPatternEither() throws ResourceException {
        Endpoint quoted = add("\"orders\"@example.org");
        assertThat(endpoints.find(Mailbox.parse("Orders@example.org"))).contains(quoted);
        assertThatExceptionOfType(ResourceException.class).isThrownBy(() -> add("orders@example.org"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"*\"@example.org", "\"\"@example.org"})
    void quotedLocalPartShouldBeNoWildcard(String pattern) throws ResourceException {
        Endpoint endpoint = add(pattern);
        assertThat(endpoints.find(Mailbox.parse(pattern))).contains(endpoint);
        assertThat(endpoints.find(Mailbox.parse("orders@example.org"))).isEmpty();
    }

    @Test
    void starShouldNameNoDomain() throws ResourceException {
        add("*");
        assertThat(endpoints.name(Mailbox.parse("a@example.org"))).isFalse();
        add("*@example.org");
        assertThat(endpoints.name(Mailbox.parse("a@example.org"))).isTrue();
        assertThat(endpoints.name(Mailbox.parse("a@other.example"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " , ",
                "nobody@",
                "@example.org",
                "*@*",
                "a b@example.org",
                "*@..example.org",
                "a@example.org, a b@x"
            })
    void malformedPatternShouldBeRefusedWithASentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecipientPattern.readAll(text))
                .withMessageStartingWith("The property recipients must");
        MailActivationSpec spec = new MailActivationSpec();
        spec.setRecipients(text);
        spec.setCheckRecipients("perhaps");
        assertThatExceptionOfType(InvalidPropertyException.class)
                .isThrownBy(spec::validate)
                .withMessageContaining("recipients")
                .withMessageContaining("checkRecipients")
                .satisfies(e -> assertThat(e.getInvalidPropertyDescriptors()).hasSize(2));
    }

    private Endpoint add(String patterns) throws ResourceException {
        Endpoint endpoint =
                new Endpoint(new Bean(container, mail -> {}), RecipientPattern.readAll(patterns), false, false);
        endpoints.add(endpoint);
        return endpoint;
    }
}
