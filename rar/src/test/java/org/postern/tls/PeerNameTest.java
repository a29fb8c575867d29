package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;

class PeerNameTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("Test CA", Instant.now());

    @ParameterizedTest
    @CsvSource({
        "mx.example.org, mx.example.org, true",
        "mx.example.org, MX.Example.ORG, true",
        "mx.example.org, mx.example.org., true",
        "mx.example.org, example.org, false",
        "mx.example.org, a.mx.example.org, false",
        "*.example.org, mx.example.org, true",
        "*.example.org, a.mx.example.org, false",
        "*.example.org, example.org, false",
        "*.org, example.org, false",
        "m*.example.org, mx.example.org, false",
        "mx.*.org, mx.example.org, false",
        "xn--bcher-kva.example, bücher.example, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::1, 2001:DB8:0:0::1, true",
        "*.0.2.1, 192.0.2.1, false",
    })
    void nameShouldMatchAsRfc9525Says(String presented, String host, boolean matches) {
        assertThat(PeerName.matches(certificate(presented), host)).isEqualTo(matches);
    }

    @Test
    void subjectShouldNeverCount() {
        assertThat(PeerName.matches(certificate("other.example"), "subject.example"))
                .isFalse();
    }

    @Test
    void anyNameOfSeveralShouldDo() {
        X509Certificate certificate = AUTHORITY
                .issue(Request.server(Instant.now(), "a.example", "b.example"))
                .certificate();
        assertThat(PeerName.matches(certificate, "b.example")).isTrue();
    }

    private static X509Certificate certificate(String name) {
        return AUTHORITY.issue(Request.server(Instant.now(), name)).certificate();
    }
}
