package org.postern.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MakerTest {

    @TempDir
    private Path data;

    private StoreBench bench;

    @BeforeEach
    void open() {
        bench = new StoreBench(data);
    }

    @Test
    void selfSignedShouldHaveWhatWasAskedFor() {
        Plan plan = Plan.parse(
                "mail", "CN=mx.example.org, O=Example, C=DE", "MX.example.org, [192.0.2.1], bücher.example", "ec-p384");
        assertThat(bench.maker.createSelfSigned(plan, 10))
                .isEqualTo("Made the self-signed certificate mail, CN=mx.example.org, O=Example, C=DE,"
                        + " valid to 2026-12-04.");
        X509Certificate made = bench.store.load("mail").certificate();
        assertThat(HostNames.of(made)).containsExactly("mx.example.org", "192.0.2.1", "xn--bcher-kva.example");
        assertThat(KeyKind.describe(made.getPublicKey())).isEqualTo("EC-P384");
        assertThat(new StoreBench(data).store.load("mail")).isEqualTo(bench.store.load("mail"));
        assertThat(bench.kinds()).containsExactly(Event.Kind.ADDED);
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void everyKindOfKeyShouldBeMade(KeyKind kind) {
        Plan plan = Plan.parse("mail", "CN=mx.example.org", "mx.example.org", kind.toString());
        bench.maker.createRequest(plan);
        assertThat(KeyKind.describe(bench.store.requestOf("mail").publicKey())).isEqualTo(kind.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            String  | CN=mx.example.org       | mx.example.org | EC-P256  | An alias must
            ../mail | CN=mx.example.org       | mx.example.org | EC-P256  | An alias must
            mail    | String                  | mx.example.org | EC-P256  | The subject must be one line
            mail    | CN=String               | mx.example.org | EC-P256  | not the text String
            mail    | O=Example               | mx.example.org | EC-P256  | The subject must be one line
            mail    | CN=a, C=Germany         | mx.example.org | EC-P256  | two letters
            mail    | CN=a, E=a@example.org   | mx.example.org | EC-P256  | The subject must be one line
            mail    | CN=a+O=b                | mx.example.org | EC-P256  | The subject must be one line
            mail    | CN=mx.example.org       | String         | EC-P256  | A host name must be
            mail    | CN=mx.example.org       | ,              | EC-P256  | There must be 1 to 100 host names
            mail    | CN=mx.example.org       | -a.example     | EC-P256  | A host name must be
            mail    | CN=mx.example.org       | a.*.example    | EC-P256  | A host name must be
            mail    | CN=mx.example.org       | 300.1.1.1      | EC-P256  | A host name must be
            mail    | CN=mx.example.org       | mx.example.org | RSA-1024 | one of EC-P256, EC-P384, RSA-2048
            mail    | CN=mx.example.org       | mx.example.org | String   | one of EC-P256, EC-P384, RSA-2048
            """)
    void whatIsNotLegalShouldBeRefusedWithASentence(
            String alias, String subject, String hostNames, String key, String sentence) {
        assertThatThrownBy(() -> Plan.parse(alias, subject, hostNames, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence)
                .message()
                .endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3651})
    void daysOutOfRangeShouldBeRefused(int days) {
        assertThatThrownBy(() -> bench.maker.createSelfSigned(bench.plan("mail"), days))
                .hasMessageStartingWith("The days must be 1 to 3650");
        assertThat(bench.store.aliases()).isEmpty();
        assertThat(bench.events).isEmpty();
    }

    @Test
    void aliasInUseShouldBeRefused() {
        Entry before = bench.selfSigned("mail");
        assertThatThrownBy(() -> bench.maker.createSelfSigned(bench.plan("mail"), 1))
                .hasMessage("There is a certificate mail already.");
        assertThatThrownBy(() -> bench.maker.createRequest(bench.plan("mail")))
                .hasMessage("There is a certificate mail already.");
        assertThat(bench.store.load("mail")).isEqualTo(before);
    }

    @Test
    void requestShouldBePendingAndExportableAlsoAfterARestart() {
        assertThat(bench.maker.createRequest(bench.plan("mail")))
                .startsWith("Made the request mail, CN=mx.example.org");
        StoreBench restarted = new StoreBench(data);
        SigningRequest request = restarted.store.requestOf("mail");
        assertThat(request.pem())
                .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n")
                .isEqualTo(bench.store.requestOf("mail").pem());
        assertThat(request.hostNames()).containsExactly("mx.example.org", "mail.example.org");
        assertThat(request.subject()).isEqualTo("CN=mx.example.org, O=Example");
        assertThatThrownBy(() -> restarted.activation.activateAsServer("mail"))
                .hasMessage("The certificate mail is PENDING: the answer to its request must be imported first.");
    }

    @Test
    void companionShouldHaveTheSameSubjectAndNames() {
        Entry first = bench.selfSigned("mail");
        bench.maker.createCompanion("mail", KeyKind.RSA_2048);
        X509Certificate companion = bench.store.load("mail-rsa-2048").certificate();
        assertThat(companion.getSubjectX500Principal())
                .isEqualTo(first.certificate().getSubjectX500Principal());
        assertThat(HostNames.of(companion)).isEqualTo(HostNames.of(first.certificate()));
        assertThat(KeyKind.describe(companion.getPublicKey())).isEqualTo("RSA-2048");
        assertThatThrownBy(() -> bench.maker.createCompanion("mail", KeyKind.EC_P384))
                .hasMessageContaining("has an EC key already");
    }

    @Test
    void companionOfAServerCertificateShouldServeAtOnceOrNotBeMade() {
        bench.selfSigned("default");
        bench.activation.activateAsServer("default");
        assertThat(bench.maker.createCompanion("default", KeyKind.RSA_2048))
                .contains("Activated as a server certificate for its names default-rsa-2048");
        assertThat(bench.activation.roles("default-rsa-2048")).containsExactly("server certificate for its names");
        assertThat(bench.activation.roles("default")).containsExactly("default server certificate");
        bench.settings.join(candidate -> {
            throw new IllegalStateException("It cannot be proven.");
        });
        assertThatThrownBy(() -> bench.maker.createCompanion("default", KeyKind.RSA_3072))
                .hasMessage("It cannot be proven.");
        assertThat(bench.store.aliases()).containsExactly("default", "default-rsa-2048");
    }

    @Test
    void renewalShouldKeepKeySubjectAndNames() {
        Entry old = bench.selfSigned("mail");
        bench.clock.forward(Duration.ofDays(390));
        bench.maker.renew(old);
        Entry renewed = bench.store.load("mail");
        assertThat(renewed.key()).isEqualTo(old.key());
        assertThat(renewed.certificate().getSubjectX500Principal())
                .isEqualTo(old.certificate().getSubjectX500Principal());
        assertThat(HostNames.of(renewed.certificate())).isEqualTo(HostNames.of(old.certificate()));
        assertThat(renewed.certificate().getNotAfter())
                .isAfter(old.certificate().getNotAfter());
        assertThat(new StoreBench(data).store.load("mail")).isEqualTo(renewed);
    }
}
