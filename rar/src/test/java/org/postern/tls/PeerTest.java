package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postern.certificate.TestAuthority;

/** Names that a certificate must be for, and names that certificates have. */
class PeerTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("Test CA", Instant.now());

    @ParameterizedTest
    @CsvSource({
        "example.org, example.org, true",
        "example.org, mx.example.org, false",
        "mx.example.org, *.example.org, true",
        "a.mx.example.org, *.example.org, false",
        ".example.org, mx.example.org, true",
        ".example.org, a.mx.example.org, true",
        ".example.org, *.example.org, true",
        ".example.org, *.mx.example.org, true",
        ".example.org, example.org, false",
        ".example.org, notexample.org, false",
        ".example.org, *.org, false",
        "*.example.org, mx.example.org, true",
        "*.example.org, *.example.org, true",
        "*.example.org, a.mx.example.org, false",
        "*.example.org, *.mx.example.org, false",
        "*.example.org, example.org, false",
        ".org, example.org, false",
        "bücher.example, xn--bcher-kva.example, true",
        ".bücher.example, mx.xn--bcher-kva.example, true",
        "EXAMPLE.org, example.ORG, true"
    })
    void nameShouldMatch(String wanted, String shown, boolean matches) {
        X509Certificate certificate = AUTHORITY
                .issue(TestAuthority.Request.server(Instant.now(), shown))
                .certificate();
        assertThat(new Peer("mx.example.net", 25, List.of("other.example", wanted)).isNamedBy(certificate))
                .isEqualTo(matches);
    }
}
