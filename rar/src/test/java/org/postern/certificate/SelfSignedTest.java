package org.postern.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfSignedTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final SelfSigned maker = new SelfSigned(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void certificateShouldBeForTheHostNames() throws GeneralSecurityException {
        X509Certificate certificate = make("mx.example.org", "mail.example.org");
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=mx.example.org");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "mx.example.org"), List.of(2, "mail.example.org"));
    }

    @Test
    void addressLiteralShouldBeAnAddress() throws GeneralSecurityException {
        assertThat(make("[192.0.2.1]", "[IPv6:2001:db8::1]").getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(7, "192.0.2.1"), List.of(7, "2001:db8:0:0:0:0:0:1"));
        assertThat(make("[192.0.2.1]").getSubjectX500Principal().getName()).isEqualTo("CN=192.0.2.1");
    }

    @Test
    void certificateShouldBeEcdsaP256ForBothRolesAndNoAuthority() throws GeneralSecurityException {
        X509Certificate certificate = make("mx.example.org");
        assertThat(((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void validityShouldStartALittleInThePastAndBe397Days() {
        X509Certificate certificate = make("mx.example.org");
        assertThat(certificate.getNotBefore().toInstant())
                .isBetween(NOW.minus(Duration.ofDays(1)), NOW.minusSeconds(1));
        assertThat(Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(397));
    }

    @Test
    void serialShouldBePositiveAndDifferent() {
        X509Certificate one = make("mx.example.org");
        assertThat(one.getSerialNumber())
                .isPositive()
                .isNotEqualTo(make("mx.example.org").getSerialNumber());
    }

    @Test
    void nameTooLongForASubjectShouldStandInTheAlternativeNames() throws GeneralSecurityException {
        String name = "a".repeat(60) + ".example.org";
        X509Certificate certificate = make(name);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=test");
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, name));
    }

    private X509Certificate make(String... names) {
        return maker.make("test", List.of(names)).certificate();
    }
}
