package org.postern.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.Attribute;
import javax.management.AttributeChangeNotification;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.administration.BeanWalk;
import org.postern.administration.Setting;
import org.postern.certificate.CertificateSettings;
import org.postern.certificate.CertificateStore;
import org.postern.certificate.Fingerprints;
import org.postern.certificate.FirstStart;
import org.postern.settings.Configuration;
import org.postern.settings.SettingsFile;
import org.postern.settings.SettingsStore;
import org.postern.tls.Engine;
import org.postern.tls.Roles;
import org.postern.tls.ServerLevel;
import org.postern.tls.TlsSettings;
import org.postern.tls.TrustFolder;

class TlsBeansTest {

    @TempDir
    private Path folder;

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final HealthRegister health = new HealthRegister(key -> {});
    private final List<String> audited = new ArrayList<>();
    private SettingsStore settings;
    private CertificateStore store;
    private Roles roles;
    private ServerTlsBean serverTls;
    private ClientTlsBean clientTls;
    private ObjectName name;

    @BeforeEach
    void start() throws IOException {
        var all = new ArrayList<Setting<?>>(TlsSettings.ALL);
        all.addAll(CertificateSettings.ALL);
        settings = new SettingsStore(
                new Configuration(Map.of("serverTlsLevel", "ATTEMPT"), Map.of(), Map.of()),
                new SettingsFile(folder.resolve("settings.properties"), false),
                health,
                all);
        store = new CertificateStore(Files.createDirectory(folder.resolve("certificates")), Optional.empty());
        FirstStart.prepare(store, settings, "mx.example.org", Clock.systemUTC());
        Path trust = Files.createDirectory(folder.resolve("trust"));
        roles = new Roles(
                store, new TrustFolder(trust, health), Engine.best(), health, Clock.systemUTC(), task -> new Thread(
                                task)
                        .start());
        roles.start(settings);
        settings.observe(new ChangeRecord(audited::add));
        serverTls = new ServerTlsBean(settings, roles, () -> "admin");
        clientTls = new ClientTlsBean(settings, roles, null, () -> "admin");
        name = new BeanRegistry(server, "org.postern")
                .register(serverTls, "ServerTls", "")
                .name();
    }

    @AfterEach
    void stop() {
        roles.close();
    }

    @Test
    void beansShouldReadWellInJConsole() {
        BeanWalk.check(serverTls);
        BeanWalk.check(clientTls);
        BeanWalk.check(new GatewayBean(health, "1.0", Engine.best().toString(), Clock.systemUTC()));
    }

    @Test
    void levelWrittenInAnyCaseShouldBeInForceTheSameMoment() throws Exception {
        server.setAttribute(name, new Attribute("Level", " require "));
        assertThat(roles.server().level()).isEqualTo(ServerLevel.REQUIRE);
        assertThat(server.getAttribute(name, "Level")).isEqualTo("REQUIRE");
        assertThat(settings.text(TlsSettings.SERVER_LEVEL)).isEqualTo("REQUIRE");
    }

    @Test
    void wrongLevelShouldBeRefusedWithWhatIsLegalAndChangeNothing() {
        Throwable failure = refusal("Level", "STRICT");
        assertThat(failure)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage("The setting serverTlsLevel must be one of NONE, ATTEMPT, REQUIRE, but it was \"STRICT\"."
                        + " Nothing was changed.");
        assertThat(roles.server().level()).isEqualTo(ServerLevel.ATTEMPT);
        assertThat(audited).isEmpty();
    }

    @Test
    void ruleShouldBeNamedInTheRefusal() {
        assertThat(refusal("ClientCertificate", "REQUIRE"))
                .hasMessageStartingWith("Rule R2:")
                .hasMessageEndingWith("Nothing was changed.");
    }

    @Test
    void nullShouldBeRefusedLikeEmptyText() {
        assertThat(refusal("Level", null)).isInstanceOf(IllegalArgumentException.class);
        assertThat(refusal("HandshakeTimeoutSeconds", -1L)).hasMessageContaining("at least 1s");
    }

    @Test
    void changeShouldBeToldToSubscribersAndRecorded() throws Exception {
        var heard = new ArrayList<AttributeChangeNotification>();
        server.addNotificationListener(
                name, (notification, handback) -> heard.add((AttributeChangeNotification) notification), null, null);
        server.setAttribute(name, new Attribute("Level", "REQUIRE"));
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).getAttributeName()).isEqualTo("Level");
        assertThat(heard.get(0).getOldValue()).isEqualTo("ATTEMPT");
        assertThat(heard.get(0).getNewValue()).isEqualTo("REQUIRE");
        assertThat(heard.get(0).getMessage()).isEqualTo("admin: serverTlsLevel changed from ATTEMPT to REQUIRE");
        assertThat(audited).containsExactly("serverTlsLevel changed from ATTEMPT to REQUIRE");
    }

    @Test
    void sourceShouldTellWhereEachValueComesFrom() throws Exception {
        assertThat(serverTls.getSource()).contains("Level = ATTEMPT (deployment)");
        server.setAttribute(name, new Attribute("Level", "REQUIRE"));
        assertThat(serverTls.getSource()).contains("Level = REQUIRE (changed at run time)");
        Object answer = server.invoke(name, "resetToConfigured", new Object[0], new String[0]);
        assertThat(answer).asString().startsWith("Reset to the configured values: Level = ATTEMPT (deployment)");
        assertThat(roles.server().level()).isEqualTo(ServerLevel.ATTEMPT);
    }

    @Test
    void liveCertificateShouldBeShown() {
        assertThat(serverTls.getCertificateFingerprint())
                .isEqualTo(Fingerprints.of(store.load("default").certificate()));
        assertThat(serverTls.getCertificateSerial()).isNotEmpty();
        assertThat(serverTls.getCertificateLiveSince()).isNotEmpty();
    }

    @Test
    void clientRoleShouldBeChangedInTheSameWay() {
        clientTls.setLevel("require_and_verify");
        clientTls.setProtocols("TLSv1.3");
        clientTls.setHandshakeTimeoutSeconds(10);
        assertThat(roles.client().level().name()).isEqualTo("REQUIRE_AND_VERIFY");
        assertThat(clientTls.getProtocols()).isEqualTo("TLSv1.3");
        assertThat(clientTls.getHandshakeTimeoutSeconds()).isEqualTo(10);
    }

    private Throwable refusal(String attribute, Object value) {
        Throwable failure = catchThrowable(() -> server.setAttribute(name, new Attribute(attribute, value)));
        assertThat(failure).isInstanceOf(RuntimeMBeanException.class);
        return failure.getCause();
    }
}
