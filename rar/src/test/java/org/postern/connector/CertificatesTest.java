package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.container.Container;

/** Certificates of a started adapter, by management alone: what is done in the store is what is shown. */
class CertificatesTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path folder;

    private final Container container = new Container(12);
    private final PosternResourceAdapter adapter = new PosternResourceAdapter();
    private String domain;

    @BeforeEach
    void start() throws Exception {
        domain = "test." + folder.getFileName();
        adapter.setManagementDomain(domain);
        adapter.setDataDirectory(folder.resolve("data").toString());
        adapter.setHost("127.0.0.1");
        adapter.setPort("0");
        adapter.setHostName("mx.example.org");
        adapter.start(container);
    }

    @AfterEach
    void stop() throws InterruptedException {
        adapter.stop();
        container.stop();
    }

    @Test
    void activatedCertificateShouldBeLive() throws Exception {
        make("mail");
        assertThat(live()).isEqualTo(fingerprint("default"));
        invoke("Certificate,name=mail", "activateAsServer");
        assertThat(live()).isEqualTo(fingerprint("mail"));
        adapter.stop();
        adapter.start(container);
        assertThat(live()).isEqualTo(fingerprint("mail"));
        assertThat((String[]) attribute("Certificate,name=default", "Roles"))
                .containsExactly("server certificate for its names");
    }

    @Test
    void certificateForServersThatAskShouldBeShownByItsAlias() throws Exception {
        make("mail");
        assertThat(attribute("ClientTls", "ClientCertificate")).isEqualTo("");
        invoke("Certificate,name=mail", "activateAsClient");
        assertThat(attribute("ClientTls", "ClientCertificate")).isEqualTo("mail");
        invoke("Certificate,name=mail", "deactivateAsClient");
        assertThat(attribute("ClientTls", "ClientCertificate")).isEqualTo("");
    }

    @Test
    void filesReplacedInPlaceShouldBeLiveAfterAReload() throws Exception {
        String before = replaceFilesOfDefault();
        assertThat(live()).isEqualTo(before);
        assertThat(invoke("CertificateStore", "reload").toString()).startsWith("Took up the changed files of default");
        assertThat(live()).isEqualTo(fingerprint("default")).isNotEqualTo(before);
    }

    @Test
    void watchShouldTakeThemUpByItself() throws Exception {
        BEANS.setAttribute(name("CertificateStore"), new Attribute("WatchSeconds", 1L));
        String before = replaceFilesOfDefault();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (live().equals(before) || !live().equals(fingerprint("default"))) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void activeCertificateShouldStayWhenAnotherIsRefused() throws Exception {
        String before = live();
        invoke("CertificateStore", "createRequest", "asked", "CN=mx.example.org", "mx.example.org", "");
        assertThatThrownBy(() -> invoke("Certificate,name=asked", "activateAsServer"))
                .rootCause()
                .hasMessageContaining("is PENDING");
        assertThatThrownBy(() -> invoke("Certificate,name=default", "delete"))
                .rootCause()
                .hasMessageContaining("cannot be deleted while it is active");
        assertThat(live()).isEqualTo(before);
    }

    private String replaceFilesOfDefault() throws Exception {
        String before = live();
        make("mail");
        Path store = folder.resolve("data/certificates");
        for (String file : new String[] {"key.pem", "chain.pem"}) {
            Files.writeString(
                    store.resolve("default").resolve(file),
                    Files.readString(store.resolve("mail").resolve(file)));
        }
        return before;
    }

    private void make(String alias) throws Exception {
        invoke("CertificateStore", "createSelfSigned", alias, "CN=mx.example.org", "mx.example.org", "", 0);
    }

    private String live() throws Exception {
        return (String) attribute("ServerTls", "CertificateFingerprint");
    }

    private String fingerprint(String alias) throws Exception {
        return (String) attribute("Certificate,name=" + alias, "Fingerprint");
    }

    private Object attribute(String type, String attribute) throws Exception {
        return BEANS.getAttribute(name(type), attribute);
    }

    private Object invoke(String type, String operation, Object... arguments) throws Exception {
        String[] types = Stream.of(arguments)
                .map(argument -> argument instanceof Integer ? "int" : String.class.getName())
                .toArray(String[]::new);
        return BEANS.invoke(name(type), operation, arguments, types);
    }

    private ObjectName name(String type) throws Exception {
        return new ObjectName(domain + ":type=" + type);
    }
}
