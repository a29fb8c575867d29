package org.postern.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.administration.BeanWalk;
import org.postern.certificate.StoreBench;

class CertificateBeansTest {

    private static final String SUBJECT = "CN=mx.example.org, O=Example";

    @TempDir
    private Path data;

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final BeanRegistry registry = new BeanRegistry(server, "org.postern");
    private final List<String> audited = new ArrayList<>();
    private final List<Notification> notifications = new ArrayList<>();
    private StoreBench bench;
    private CertificateStoreBean bean;
    private CertificateBeans beans;
    private ObjectName name;

    @BeforeEach
    void register() throws JMException {
        bench = new StoreBench(data);
        var tools = new CertificateStoreBean.Tools(
                bench.store, bench.maker, bench.importer, bench.activation, bench.reload, bench.clock);
        bean = new CertificateStoreBean(tools, bench.settings, audited::add, () -> "operator");
        name = registry.register(bean, "CertificateStore", "").name();
        server.addNotificationListener(name, (notification, handback) -> notifications.add(notification), null, null);
        beans = new CertificateBeans(registry, bench.store, bench.activation, audited::add, bench.clock);
    }

    @AfterEach
    void close() {
        beans.close();
        registry.close();
        assertThat(server.queryNames(null, null))
                .noneMatch(left -> left.getDomain().equals("org.postern"));
    }

    @Test
    void beansShouldReadWellInJConsole() {
        BeanWalk.check(bean);
        invoke("createSelfSigned", "mail", SUBJECT, "mx.example.org", "", 0);
        invoke("createRequest", "asked", SUBJECT, "mx.example.org", "RSA-2048");
        BeanWalk.check(bean);
        for (String alias : new String[] {"mail", "asked", "deleted"}) {
            BeanWalk.check(new CertificateBean(alias, bench.store, bench.activation, audited::add, bench.clock));
        }
    }

    @Test
    void certificateShouldBeMadeShownActivatedAndDeleted() throws JMException {
        assertThat(invoke("createSelfSigned", "mail", SUBJECT, "mx.example.org", "", 0))
                .isEqualTo("Made the self-signed certificate mail, CN=mx.example.org, O=Example, valid to 2027-12-26.");
        assertThat(call("mail", "activateAsServer")).startsWith("Activated as the default server certificate mail");
        assertThat((String[]) server.getAttribute(name, "Summary"))
                .containsExactly("mail: READY, default server certificate, CN=mx.example.org, O=Example, EC-P256,"
                        + " valid to 2027-12-26 (396 days)");
        assertThat(server.getAttribute(name, "DaysToExpiry")).isEqualTo(396L);
        assertThat(server.getAttribute(name, "SoonestExpiry")).isEqualTo("mail at 2027-12-26T11:00:00Z");
        assertThat(((TabularData) server.getAttribute(name, "Table")).size()).isEqualTo(1);
        assertThat(server.getAttribute(named("mail"), "Key")).isEqualTo("EC-P256");
        assertThat(call("mail", "exportPem")).startsWith("-----BEGIN CERTIFICATE-----\n");
        assertThat(refusal(() -> call("mail", "delete"))).endsWith(" Nothing was changed.");
        invoke("createSelfSigned", "other", SUBJECT, "mx.example.org", "EC-P384", 30);
        call("other", "activateAsServer");
        call("mail", "deactivateAsServer");
        assertThat(call("mail", "delete")).isEqualTo("Deleted the certificate mail with its private key.");
        assertThat(server.isRegistered(named("mail"))).isFalse();
        assertThat(server.isRegistered(named("other"))).isTrue();
    }

    @Test
    void requestShouldBeExportedAndItsAnswerPasted() {
        invoke("createRequest", "mail", SUBJECT, "mx.example.org", "EC-P256");
        assertThat(call("mail", "exportRequest")).startsWith("-----BEGIN CERTIFICATE REQUEST-----\n");
        assertThat(refusal(() -> call("mail", "activateAsServer"))).contains("is PENDING");
        assertThat(refusal(() -> call("mail", "exportPem"))).contains("is PENDING");
        invoke("createSelfSigned", "own", SUBJECT, "mx.example.org", "EC-P256", 1);
        assertThat(refusal(() ->
                        invoke("importAnswer", "mail", call("own", "exportPem").replace('\n', ' '))))
                .contains("answer to another request");
    }

    @Test
    void keyAndChainShouldBePastedIntoOneLineFields() throws Exception {
        bench.maker.createSelfSigned(
                org.postern.certificate.Plan.parse("own", SUBJECT, "mx.example.org", "EC-P256"), 10);
        String key = Files.readString(bench.folder.resolve("own/key.pem")).replace('\n', ' ');
        String chain = Files.readString(bench.folder.resolve("own/chain.pem")).replace('\n', ' ');
        assertThat(invoke("importPem", "mail", key, chain, "")).startsWith("Imported the certificate mail");
        assertThat(audited.toString()).doesNotContain("PRIVATE").doesNotContain(key.substring(30, 60));
    }

    @Test
    void textThatTheConsolePutThereShouldNeverBeTaken() {
        bench.maker.createRequest(org.postern.certificate.Plan.parse("asked", SUBJECT, "mx.example.org", "EC-P256"));
        audited.clear();
        Stream.of(
                        () -> invoke("createSelfSigned", "mail", SUBJECT, "mx.example.org", "String", 0),
                        () -> invoke("createSelfSigned", "String", "String", "String", "String", 0),
                        () -> invoke("createSelfSigned", "mail", SUBJECT, "String", "", 0),
                        () -> invoke("createRequest", "String", "String", "String", "String"),
                        () -> invoke("importAnswer", "asked", "String"),
                        () -> invoke("importAnswerFile", "asked", "String"),
                        () -> invoke("importPfx", "mail", "String", "String"),
                        () -> invoke("importPfxText", "mail", "String", "String"),
                        () -> invoke("importPem", "mail", "String", "String", ""),
                        () -> invoke("importPemFiles", "mail", "String", "String", null),
                        () -> invoke("createCompanion", "asked", "String"),
                        (Runnable) () -> invoke("createCompanion", "String", "RSA-2048"))
                .forEach(operation -> assertThat(refusal(operation)).endsWith(". Nothing was changed."));
        assertThat(bench.store.aliases()).containsExactly("asked");
        assertThat(audited).isEmpty();
    }

    @Test
    void eventsShouldBeNotificationsWithTheFactInTheMessage() {
        invoke("createSelfSigned", "mail", SUBJECT, "mx.example.org", "EC-P256", 20);
        bench.clock.forward(Duration.ofDays(14));
        bench.expiry.run();
        call("mail", "delete");
        assertThat(notifications)
                .extracting(Notification::getType)
                .containsExactly(
                        "org.postern.certificate.added",
                        "org.postern.certificate.expiring",
                        "org.postern.certificate.deleted");
        assertThat(notifications.get(1).getMessage()).startsWith("The certificate mail expires at 2026-12-14");
        assertThat(((CompositeData) notifications.get(1).getUserData()).get("alias"))
                .isEqualTo("mail");
    }

    @Test
    void doneShouldBeAuditedAndSettingsBeChanged() throws JMException {
        invoke("createSelfSigned", "mail", SUBJECT, "mx.example.org", "EC-P256", 20);
        assertThat(audited).singleElement().asString().startsWith("Made the self-signed certificate mail");
        server.setAttribute(name, new Attribute("WatchSeconds", 60L));
        assertThat(server.getAttribute(name, "WatchSeconds")).isEqualTo(60L);
        assertThat(invoke("reload")).isEqualTo("The folder has nothing new.");
    }

    private ObjectName named(String alias) throws JMException {
        return new ObjectName("org.postern:type=Certificate,name=" + alias);
    }

    private String call(String alias, String operation) {
        try {
            return (String) server.invoke(named(alias), operation, new Object[0], new String[0]);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private String invoke(String operation, Object... arguments) {
        String[] types = Stream.of(arguments)
                .map(argument -> argument instanceof Integer ? "int" : String.class.getName())
                .toArray(String[]::new);
        try {
            return (String) server.invoke(name, operation, arguments, types);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String refusal(Runnable operation) {
        Throwable failure = catchThrowable(operation::run);
        assertThat(failure).isInstanceOf(RuntimeMBeanException.class);
        assertThat(failure.getCause())
                .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
                .hasNoCause();
        return failure.getCause().getMessage();
    }
}
