package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;

class KnownChainsTest {

    private final TestAuthority authority = new TestAuthority("Test CA", Instant.now());
    private final KnownChains chains = new KnownChains();

    @Test
    void chainThatIsShownAgainShouldBeTheOneThatHasBeenRead() throws Exception {
        List<X509Certificate> first = List.of(issued("mx.example.org"), authority.certificate());
        assertThat(chains.known(first)).isSameAs(first);
        List<X509Certificate> again = List.of(again(first.get(0)), again(first.get(1)));
        assertThat(chains.known(again)).isSameAs(first);
    }

    @Test
    void otherChainsShouldBeThemselves() {
        X509Certificate own = issued("mx.example.org");
        chains.known(List.of(own, authority.certificate()));
        List<X509Certificate> shorter = List.of(own);
        List<X509Certificate> other = List.of(issued("mx.example.org"), authority.certificate());
        assertThat(chains.known(shorter)).isSameAs(shorter);
        assertThat(chains.known(other)).isSameAs(other);
        assertThat(chains.known(List.of())).isEmpty();
    }

    private X509Certificate issued(String name) {
        return authority.issue(Request.server(Instant.now(), name)).chain().get(0);
    }

    private static X509Certificate again(X509Certificate certificate) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.getEncoded()));
    }
}
