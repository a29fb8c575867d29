package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.NextHop;

class PolicyTest {

    private static final String PIN = "ab".repeat(32);

    @Test
    void policiesShouldBeReadAsTheyAreWritten() {
        String text = "example.org level=REQUIRE_AND_VERIFY nextHop=lmtp:mx.example.org:24 verifyNames=mx,*.example.net"
                + " minimumProtocol=TLSv1.3 pins=" + PIN + " clientCertificate=ours ignoredExtensions=CHUNKING,DSN"
                + " monitor=true; .example.org level=NONE";
        List<Policy> policies = PolicySettings.POLICIES.parse(text);
        assertThat(PolicySettings.text(policies)).isEqualTo(text);
        assertThat(policies.get(0).nextHop()).contains(NextHop.lmtp("mx.example.org", 24));
        assertThat(policies.get(0).ignoredExtensions()).containsExactlyInAnyOrder("CHUNKING", "DSN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "level=STRICT | must be one of NONE, ATTEMPT, REQUIRE, REQUIRE_AND_VERIFY",
                "level=REQUIRE nextHop=a:b | must be host:port",
                "level=REQUIRE verifyNames=a..b | VerifyNames must be",
                "level=REQUIRE verifyNames=*.org | VerifyNames must be",
                "level=REQUIRE minimumProtocol=TLSv1.1 | RFC 8996",
                "level=REQUIRE pins=1234 | 64 hexadecimal digits",
                "level=REQUIRE clientCertificate=../x | An alias must",
                "level=REQUIRE ignoredExtensions=a_b | EHLO keyword",
                "level=REQUIRE ignoredExtensions=STARTTLS | cannot ignore STARTTLS",
                "level=REQUIRE monitor=yes | must be true or false",
                "level=REQUIRE colour=red | has no field",
                "level=REQUIRE level=NONE | must be given once",
                "level | as name=value"
            })
    void wrongPolicyShouldBeRefusedWithASentence(String fields, String told) {
        assertThatThrownBy(() -> PolicySettings.POLICIES.parse("example.org " + fields))
                .isInstanceOf(IllegalArgumentException.class)
                .cause()
                .hasMessageContaining(told);
    }

    @Test
    void pinsShouldNeedTls() {
        for (String level : List.of("NONE", "ATTEMPT")) {
            assertThatThrownBy(() -> PolicySettings.POLICIES.parse("example.org level=" + level + " pins=" + PIN))
                    .cause()
                    .hasMessageContaining("cannot have Pins at Level " + level);
        }
        assertThatThrownBy(() -> PolicySettings.POLICIES
                        .parse("example.org level=REQUIRE pins=" + PIN)
                        .get(0)
                        .with("level", "ATTEMPT"))
                .hasMessageContaining("cannot have Pins");
    }

    @Test
    void twoPoliciesOfOneDomainShouldBeRefused() {
        assertThatThrownBy(() -> PolicySettings.POLICIES.parse("Example.org level=NONE; example.ORG level=NONE"))
                .cause()
                .hasMessageContaining("more than one");
    }

    @Test
    void mostSpecificShouldWin() {
        List<Policy> all = PolicySettings.POLICIES.parse("* level=NONE; .org level=NONE; .example.org level=ATTEMPT;"
                + " .b.example.org level=REQUIRE; a.b.example.org level=REQUIRE_AND_VERIFY; bücher.example level=NONE");
        var table = new DomainTable<>(all, Policy::domain);
        assertThat(found(table, "A.b.Example.org")).isEqualTo("a.b.example.org");
        assertThat(found(table, "x.b.example.org")).isEqualTo(".b.example.org");
        assertThat(found(table, "x.a.b.example.org")).isEqualTo(".b.example.org");
        assertThat(found(table, "b.example.org")).isEqualTo(".example.org");
        assertThat(found(table, "example.org")).as("not below itself").isEqualTo(".org");
        assertThat(found(table, "notexample.org")).isEqualTo(".org");
        assertThat(found(table, "example.com")).isEqualTo("*");
        assertThat(found(table, "xn--bcher-kva.example")).isEqualTo("xn--bcher-kva.example");
    }

    @Test
    void nothingShouldEndAFieldEarly() {
        Policy policy = Policy.of("example.org", ClientLevel.REQUIRE);
        assertThat(policy.with("verifyNames", "a.example, b.example").verifyNames())
                .containsExactly("a.example", "b.example");
        assertThatThrownBy(() -> policy.with("verifyNames", "a.example; x level=NONE"))
                .hasMessageContaining("semicolon");
    }

    private static String found(DomainTable<Policy> table, String domain) {
        return table.find(domain, policy -> true).orElseThrow().domain();
    }
}
