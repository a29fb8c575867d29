package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postern.TlsFailure;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;

class PathsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final TestAuthority authority = new TestAuthority("Test CA", NOW);
    private final Paths paths = new Paths(Set.of(authority.certificate()), PeerChain.Purpose.SERVER);

    @Test
    void pathShouldBeRememberedForAnHour() throws GeneralSecurityException {
        List<X509Certificate> chain = chain(authority, Request.server(NOW, "mx.example.org"));
        var found = paths.find(chain, NOW);
        assertThat(paths.find(List.copyOf(chain), NOW.plusSeconds(3_599))).isSameAs(found);
        assertThat(paths.find(chain, NOW.plusSeconds(3_600))).isNotSameAs(found);
    }

    @Test
    void rememberedPathShouldNotOutliveItsCertificates() throws GeneralSecurityException {
        Request soonOver = Request.server(NOW, "mx.example.org").valid(NOW.minusSeconds(60), NOW.plusSeconds(60));
        List<X509Certificate> chain = chain(authority, soonOver);
        paths.find(chain, NOW);
        assertThatThrownBy(() -> paths.find(chain, NOW.plusSeconds(61))).isInstanceOf(CertPathBuilderException.class);
        assertThatThrownBy(() -> paths.find(chain, NOW.minusSeconds(61))).isInstanceOf(CertPathBuilderException.class);
    }

    /** Also where all that can be read in it is the same: only the signature tells it from the one before. */
    @Test
    void pathOfOneCertificateShouldNotDoForAnother() throws GeneralSecurityException {
        Request request = Request.server(NOW, "mx.example.org");
        paths.find(chain(authority, request), NOW);
        var stranger = new TestAuthority("Test CA", NOW);
        assertThatThrownBy(() -> paths.find(chain(stranger, request), NOW))
                .isInstanceOf(CertPathBuilderException.class);
    }

    /** Also the second time, when nothing is looked at any more. */
    @Test
    void flawShouldBeRememberedWithThePath() throws GeneralSecurityException {
        List<X509Certificate> weak =
                chain(authority, Request.server(NOW, "mx.example.org").rsa(1024));
        List<X509Certificate> clients = chain(authority, Request.client(NOW, "client.example"));
        for (int i = 0; i < 2; i++) {
            assertThat(paths.find(weak, NOW).flaw()).contains(TlsFailure.WEAK_KEY);
            assertThat(paths.find(clients, NOW).flaw()).contains(TlsFailure.PURPOSE);
        }
    }

    private static List<X509Certificate> chain(TestAuthority issuer, Request request) {
        return List.of(issuer.issue(request).certificate());
    }
}
