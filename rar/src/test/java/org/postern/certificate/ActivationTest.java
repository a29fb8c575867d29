package org.postern.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationTest {

    @TempDir
    private Path data;

    private StoreBench bench;

    @BeforeEach
    void open() {
        bench = new StoreBench(data);
        bench.selfSigned("default");
        bench.activation.activateAsServer("default");
    }

    @Test
    void formerDefaultShouldServeItsNamesUntilItIsDeactivated() {
        bench.selfSigned("mail");
        assertThat(bench.activation.activateAsServer("mail"))
                .isEqualTo("Activated as the default server certificate mail, CN=mx.example.org, O=Example,"
                        + " valid to 2027-12-26.");
        assertThat(bench.activation.roles("mail")).containsExactly("default server certificate");
        assertThat(bench.activation.roles("default")).containsExactly("server certificate for its names");
        assertThatThrownBy(() -> bench.activation.delete("default"))
                .hasMessageContaining("cannot be deleted while it is active as server certificate for its names");
        bench.activation.deactivateAsServer("default");
        assertThat(bench.activation.delete("default"))
                .isEqualTo("Deleted the certificate default with its private key.");
        assertThat(new StoreBench(data).store.aliases()).containsExactly("mail");
        assertThat(bench.kinds()).endsWith(Event.Kind.ACTIVATED, Event.Kind.DEACTIVATED, Event.Kind.DELETED);
    }

    @Test
    void defaultShouldOnlyBeHandedOver() {
        assertThatThrownBy(() -> bench.activation.deactivateAsServer("default"))
                .hasMessageContaining("can only be handed over by activating another");
        assertThatThrownBy(() -> bench.activation.delete("default")).hasMessageContaining("cannot be deleted while");
        assertThat(bench.activation.roles("default")).containsExactly("default server certificate");
    }

    @Test
    void rolesShouldBeIndependent() {
        bench.activation.activateAsClient("default");
        assertThat(bench.activation.roles("default"))
                .containsExactly("default server certificate", "client certificate");
        bench.activation.deactivateAsClient("default");
        assertThatThrownBy(() -> bench.activation.deactivateAsClient("default"))
                .hasMessageContaining("is not the active client certificate");
        assertThat(bench.activation.roles("default")).containsExactly("default server certificate");
    }

    @Test
    void certificateForServersOnlyShouldBeAClientOnlyIfThatIsAllowed() {
        add("server", KeyPurposeId.id_kp_serverAuth);
        assertThatThrownBy(() -> bench.activation.activateAsClient("server"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not name clientAuth")
                .hasMessageContaining("acceptServerAuthAsClient");
        bench.settings.change(CertificateSettings.ACCEPT_SERVER_AUTH_AS_CLIENT, "true");
        bench.activation.activateAsClient("server");
        assertThatThrownBy(() -> bench.settings.change(CertificateSettings.ACCEPT_SERVER_AUTH_AS_CLIENT, "false"))
                .hasMessageContaining("does not name clientAuth");
        assertThat(bench.settings.get(CertificateSettings.ACCEPT_SERVER_AUTH_AS_CLIENT))
                .isTrue();
    }

    @Test
    void certificateForClientsOnlyShouldNotBeAServer() {
        add("client", KeyPurposeId.id_kp_clientAuth);
        assertThatThrownBy(() -> bench.activation.activateAsServer("client"))
                .hasMessageContaining("does not name serverAuth");
        assertThatThrownBy(() -> bench.settings.change(CertificateSettings.SERVER_CERTIFICATES, "client"))
                .hasMessageContaining("does not name serverAuth");
        assertThat(bench.settings.get(CertificateSettings.SERVER_CERTIFICATES)).isEmpty();
    }

    @Test
    void expiredShouldNotBeActivatedButGoOnWhereItIsActive() {
        bench.selfSigned("mail");
        bench.clock.forward(Duration.ofDays(400));
        assertThatThrownBy(() -> bench.activation.activateAsServer("mail")).hasMessageContaining("has expired at");
        bench.settings.change(CertificateSettings.CERTIFICATE_WATCH, "60");
        assertThat(bench.activation.roles("default")).containsExactly("default server certificate");
    }

    @Test
    void whatAPolicyShowsShouldBeKeptAndNamed() {
        bench.selfSigned("partner");
        bench.shownByOthers.put("client certificate of the policy of example.org", "partner");
        bench.shownByOthers.put("client certificate of the policy of example.net", "partner");
        assertThatThrownBy(() -> bench.activation.delete("partner"))
                .hasMessageContaining("cannot be deleted while it is active as")
                .hasMessageContaining("client certificate of the policy of example.org")
                .hasMessageContaining("client certificate of the policy of example.net");
        assertThat(bench.activation.roles("partner")).hasSize(2);
        assertThat(bench.maker.renew(bench.store.load("partner"))).contains("partner");
        bench.shownByOthers.clear();
        assertThat(bench.activation.delete("partner")).contains("Deleted");
    }

    @Test
    void whatIsNotThereShouldBeRefused() {
        for (String alias : List.of("nothing", "String", "../default")) {
            assertThatThrownBy(() -> bench.activation.activateAsServer(alias))
                    .message()
                    .endsWith(".");
            assertThatThrownBy(() -> bench.activation.delete(alias)).message().endsWith(".");
        }
    }

    private void add(String alias, KeyPurposeId purpose) {
        bench.store.add(new TestChain(bench.clock.instant()).purpose(purpose).issue(alias, KeyKind.EC_P256.generate()));
    }
}
