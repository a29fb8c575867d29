package org.postern.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
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
import org.postern.certificate.ChainPem;
import org.postern.certificate.Fingerprints;
import org.postern.certificate.TestAuthority;
import org.postern.settings.Configuration;
import org.postern.settings.SettingsFile;
import org.postern.settings.SettingsStore;
import org.postern.tls.Engine;
import org.postern.tls.Roles;
import org.postern.tls.TlsSettings;
import org.postern.tls.TrustFolder;
import org.postern.tls.TrustStore;

class TrustStoreBeanTest {

    private static final TestAuthority AUTHORITY = new TestAuthority("Our CA", Instant.now());

    @TempDir
    private Path folder;

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final List<String> audited = new ArrayList<>();
    private Roles roles;
    private TrustStoreBean bean;
    private ObjectName name;

    @BeforeEach
    void start() throws IOException {
        var health = new HealthRegister(key -> {});
        var all = new ArrayList<Setting<?>>(TlsSettings.ALL);
        all.addAll(CertificateSettings.ALL);
        var settings = new SettingsStore(
                new Configuration(Map.of(), Map.of(), Map.of()),
                new SettingsFile(folder.resolve("settings.properties"), false),
                health,
                all);
        var store = new CertificateStore(Files.createDirectory(folder.resolve("certificates")), Optional.empty());
        var trust = new TrustFolder(Files.createDirectory(folder.resolve("trust")), health);
        roles = new Roles(store, trust, Engine.best(), health, Clock.systemUTC(), Runnable::run);
        roles.start(settings);
        bean = new TrustStoreBean(
                new TrustStore(roles, trust, Clock.systemUTC()), settings, audited::add, () -> "admin");
        name = new BeanRegistry(server, "org.postern")
                .register(bean, "TrustStore", "")
                .name();
    }

    @AfterEach
    void stop() {
        roles.close();
    }

    @Test
    void beanShouldReadWellInJConsole() {
        BeanWalk.check(bean);
    }

    @Test
    void pastedAnchorShouldBeShownToldAndRecorded() throws Exception {
        var heard = new ArrayList<Notification>();
        server.addNotificationListener(name, (notification, handback) -> heard.add(notification), null, null);
        String pasted = ChainPem.write(List.of(AUTHORITY.certificate())).replace('\n', ' ');
        String fingerprint = Fingerprints.of(AUTHORITY.certificate());
        assertThat(invoke("add", "ours", pasted)).isEqualTo("added the trust anchors ours: CN=Our CA " + fingerprint);
        assertThat(invoke("add", "ours", pasted)).startsWith("replaced the trust anchors ours");
        assertThat(bean.getOverview()).singleElement().asString().startsWith("ours: CN=Our CA, valid to 20");
        assertThat(bean.getCount()).isEqualTo(1);
        assertThat(invoke("remove", "ours")).isEqualTo("removed the trust anchors ours");
        assertThat(bean.getAliases()).isEmpty();
        assertThat(audited).hasSize(3).first().isEqualTo("added the trust anchors ours: CN=Our CA " + fingerprint);
        assertThat(heard).hasSize(3).last().satisfies(last -> assertThat(last.getMessage())
                .isEqualTo("admin: removed the trust anchors ours"));
    }

    @Test
    void refusalsShouldBeSentencesWithoutCausesAndChangeNothing() {
        for (String[] call : new String[][] {
            {"add", "String", "String"},
            {"add", "ours", "String"},
            {"add", "ours", "rubbish"},
            {"addFromFile", "ours", "String"},
            {"addFromFile", "ours", "/nowhere/at/all"},
            {"addFromFile", "ours", "\0"},
            {"remove", "String"},
            {"remove", "ours"},
            {"remove", null}
        }) {
            String[] arguments = call.length == 2 ? new String[] {call[1]} : new String[] {call[1], call[2]};
            Throwable failure = catchThrowable(() -> invoke(call[0], arguments));
            assertThat(failure).isInstanceOf(RuntimeMBeanException.class);
            assertThat(failure.getCause())
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .hasMessageEndingWith(". Nothing was changed.");
        }
        assertThat(audited).isEmpty();
    }

    @Test
    void authoritiesOfTheJavaPlatformShouldBeSwitchedOff() {
        assertThat(bean.isUseSystemCertificates()).isTrue();
        bean.setUseSystemCertificates(false);
        assertThat(bean.getSource()).contains("UseSystemCertificates = false (changed at run time)");
    }

    @Test
    void revocationShouldBeCheckedFromThenOnAndAWrongValueBeRefused() {
        assertThat(bean.getRevocationCheck()).isEqualTo("NONE");
        bean.setRevocationCheck("soft");
        assertThat(bean.getRevocationCheck()).isEqualTo("SOFT");
        assertThatThrownBy(() -> bean.setRevocationCheck("sometimes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.join(", ", bean.getLegalRevocationChecks()))
                .hasMessageEndingWith("Nothing was changed.");
        assertThat(bean.getRevocationCheck()).isEqualTo("SOFT");
    }

    private String invoke(String operation, String... arguments) throws Exception {
        String[] signature = new String[arguments.length];
        java.util.Arrays.fill(signature, String.class.getName());
        return (String) server.invoke(name, operation, arguments, signature);
    }
}
