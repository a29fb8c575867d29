package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postern.TlsFailure;
import org.postern.certificate.TestAuthority;
import org.postern.certificate.TestAuthority.Request;

class PeerChainTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Revocation NOT_ASKED = new Revocation(RevocationCheck.NONE, CLOCK);
    private static final TestAuthority AUTHORITY = new TestAuthority("Test CA", NOW);
    private static final Request REQUEST = Request.server(NOW, "mx.example.org");

    @Test
    void certificateOfATrustedAuthorityShouldVerify() {
        assertThat(verify(issue(REQUEST))).isEmpty();
        assertThat(verify(issue(REQUEST.rsa(2048)))).isEmpty();
    }

    @Test
    void expiredCertificateShouldBeTold() {
        assertThat(verify(issue(REQUEST.valid(NOW.minusSeconds(20), NOW.minusSeconds(10)))))
                .contains(TlsFailure.EXPIRED);
    }

    @Test
    void certificateOfTheFutureShouldBeTold() {
        assertThat(verify(issue(REQUEST.valid(NOW.plusSeconds(10), NOW.plusSeconds(20)))))
                .contains(TlsFailure.NOT_YET_VALID);
    }

    @Test
    void strangersCertificateShouldBeUntrusted() {
        var stranger = new TestAuthority("Test CA", NOW);
        assertThat(verify(stranger.issue(REQUEST).certificate())).contains(TlsFailure.UNTRUSTED);
        assertThat(new PeerChain(Set.of(), PeerChain.Purpose.SERVER, NOT_ASKED, CLOCK).verify(List.of(issue(REQUEST))))
                .contains(TlsFailure.UNTRUSTED);
    }

    @Test
    void certificateThatWasTrustedItselfShouldVerify() {
        X509Certificate certificate =
                new TestAuthority("Other CA", NOW).issue(REQUEST).certificate();
        assertThat(verify(Set.of(certificate), PeerChain.Purpose.SERVER, certificate))
                .isEmpty();
    }

    @Test
    void clientsCertificateShouldNotDoForAServer() {
        X509Certificate client = issue(Request.client(NOW, "client.example"));
        assertThat(verify(client)).contains(TlsFailure.PURPOSE);
        assertThat(verify(Set.of(AUTHORITY.certificate()), PeerChain.Purpose.CLIENT, client))
                .isEmpty();
    }

    @Test
    void shortRsaKeyShouldBeTooWeak() {
        assertThat(verify(issue(REQUEST.rsa(1024)))).contains(TlsFailure.WEAK_KEY);
    }

    private static X509Certificate issue(Request request) {
        return AUTHORITY.issue(request).certificate();
    }

    private static Optional<TlsFailure> verify(X509Certificate certificate) {
        return verify(Set.of(AUTHORITY.certificate()), PeerChain.Purpose.SERVER, certificate);
    }

    private static Optional<TlsFailure> verify(
            Set<X509Certificate> anchors, PeerChain.Purpose purpose, X509Certificate certificate) {
        return new PeerChain(anchors, purpose, NOT_ASKED, CLOCK).verify(List.of(certificate));
    }
}
