package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.container.Bean;
import org.postern.container.Container;
import org.postern.container.TestClient;

/** The whole adapter in a hand-made container, over its own port. */
class AdapterTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path folder;

    private final Container container = new Container(12);
    private final PosternResourceAdapter adapter = new PosternResourceAdapter();
    private final MailActivationSpec spec = new MailActivationSpec();
    private String domain;

    @BeforeEach
    void configure() {
        domain = "test." + folder.getFileName();
        adapter.setManagementDomain(domain);
        adapter.setDataDirectory(folder.resolve("data").toString());
        adapter.setHost("127.0.0.1");
        adapter.setPort("0");
        adapter.setHostName("mx.example.org");
        adapter.setStopPatience("5s");
        spec.setRecipients("*");
    }

    @AfterEach
    void stop() throws InterruptedException {
        adapter.stop();
        container.stop();
    }

    @Test
    void mailShouldBeTakenFromTheFirstBeanToTheLast() throws Exception {
        BlockingQueue<String> ids = new LinkedBlockingQueue<>();
        Bean bean = new Bean(container, mail -> ids.add(mail.id()));
        adapter.start(container);
        assertThat(attribute("Gateway", "Status")).isEqualTo("STARTING");
        assertThat(attribute("Listener,name=smtp", "State")).isEqualTo("CLOSED");
        int port = activate(bean);
        assertThat(attribute("Gateway", "Status")).isEqualTo("OK");
        assertThat(send(port, "joe@localhost")).isEqualTo("250 2.0.0 Accepted, id " + ids.poll(10, TimeUnit.SECONDS));
        adapter.endpointDeactivation(bean, spec);
        assertThat(attribute("Listener,name=smtp", "State")).isEqualTo("CLOSED");
    }

    @Test
    void startStopStartShouldFreeAndTakeThePortsAndLeaveOneBeanOfEach() throws Exception {
        try (ServerSocket free = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            adapter.setPort(String.valueOf(free.getLocalPort()));
            adapter.setImplicitTlsPort(String.valueOf(other.getLocalPort()));
        }
        for (int round = 0; round < 3; round++) {
            Bean bean = new Bean(container, mail -> {});
            adapter.start(container);
            int port = activate(bean);
            assertThat(port).hasToString(adapter.getPort());
            assertThat(send(port, "joe@localhost")).startsWith("250");
            int implicitTlsPort = Integer.parseInt(adapter.getImplicitTlsPort());
            try (TestClient client = new TestClient(new InetSocketAddress("127.0.0.1", implicitTlsPort), true)) {
                assertThat(client.reply()).startsWith("220");
                assertThat(client.message("joe@localhost", "text\r\n")).startsWith("250");
            }
            assertThat(BEANS.queryNames(new ObjectName(domain + ":*"), null)).hasSize(11);
            adapter.endpointDeactivation(bean, spec);
            for (int given : new int[] {port, implicitTlsPort}) {
                assertThatExceptionOfType(ConnectException.class)
                        .isThrownBy(() -> new Socket("127.0.0.1", given).close());
            }
            adapter.stop();
            assertThat(BEANS.queryNames(new ObjectName(domain + ":*"), null)).isEmpty();
        }
    }

    @Test
    void deliveryUnderWayShouldBeFinishedWhenTheBeanGoes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Bean bean = new Bean(container, mail -> {
            begun.countDown();
            await(goOn);
            // As one that sends does.
            adapter.mimePreparation();
        });
        adapter.start(container);
        int port = activate(bean);
        try (TestClient client = connect(port)) {
            client.envelope("joe@localhost");
            client.send("text\r\n.\r\n");
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            Thread deactivation = new Thread(() -> adapter.endpointDeactivation(bean, spec));
            deactivation.start();
            awaitAttribute("Listener,name=smtp", "State", "CLOSED");
            goOn.countDown();
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(client.reply()).startsWith("421 4.3.2");
            client.hangUp();
            deactivation.join(10_000);
            assertThat(deactivation.isAlive()).isFalse();
        }
    }

    @Test
    void wrongValueShouldOpenNoPortAndSayOneSentence() throws Exception {
        adapter.setServerTlsLevel("MAYBE");
        adapter.start(container);
        adapter.endpointActivation(new Bean(container, mail -> {}), spec);
        assertThat(attribute("Gateway", "Status")).isEqualTo("ERROR");
        assertThat((String[]) attribute("Gateway", "Problems"))
                .singleElement()
                .asString()
                .contains("serverTlsLevel", "NONE, ATTEMPT, REQUIRE", "MAYBE");
        assertThat(BEANS.isRegistered(name("Listener,name=smtp"))).isFalse();
    }

    @Test
    void rulesShouldHoldForConfiguredValuesToo() throws Exception {
        adapter.setImplicitTlsPort("0");
        adapter.setServerTlsLevel("NONE");
        adapter.start(container);
        assertThat((String[]) attribute("Gateway", "Problems"))
                .singleElement()
                .asString()
                .contains("implicitTlsPort");
        adapter.stop();
        adapter.setServerTlsLevel("ATTEMPT");
        adapter.setClientCertificate("REQUIRE");
        adapter.start(container);
        assertThat(attribute("Gateway", "Status")).isEqualTo("ERROR");
        assertThat((String[]) attribute("Gateway", "Problems"))
                .singleElement()
                .asString()
                .contains("R2");
    }

    @Test
    void unknownNameShouldBeAWarningOnceApplicationsHaveDeclaredTheirs() throws Exception {
        System.setProperty("postern.prot", "25");
        adapter.start(container);
        System.clearProperty("postern.prot");
        activate(new Bean(container, mail -> {}));
        awaitStatus("WARNING");
        assertThat((String[]) attribute("Gateway", "Problems"))
                .singleElement()
                .asString()
                .contains("postern.port?");
    }

    @Test
    void takenPortShouldBeAnError() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            adapter.setPort(String.valueOf(taken.getLocalPort()));
            adapter.start(container);
            adapter.endpointActivation(new Bean(container, mail -> {}), spec);
            awaitStatus("ERROR");
        }
    }

    @Test
    void dataDirectoryShouldBelongToOneInstance() throws Exception {
        var second = new PosternResourceAdapter();
        second.setDataDirectory(adapter.getDataDirectory());
        second.setManagementDomain(domain + ".second");
        adapter.start(container);
        second.start(container);
        try {
            assertThat((String[]) BEANS.getAttribute(new ObjectName(domain + ".second:type=Gateway"), "Problems"))
                    .singleElement()
                    .asString()
                    .contains("in use by another instance");
        } finally {
            second.stop();
        }
        assertThat(attribute("Gateway", "Status")).isEqualTo("STARTING");
    }

    @Test
    void changedLevelShouldSurviveARestart() throws Exception {
        adapter.start(container);
        BEANS.setAttribute(name("ServerTls"), new javax.management.Attribute("Level", " require "));
        adapter.stop();
        adapter.start(container);
        assertThat(attribute("ServerTls", "Level")).isEqualTo("REQUIRE");
        String fingerprint = (String) attribute("ServerTls", "CertificateFingerprint");
        adapter.stop();
        adapter.start(container);
        assertThat(attribute("ServerTls", "CertificateFingerprint")).isEqualTo(fingerprint);
    }

    @Test
    void changedTimeLimitShouldEndASessionThatWaitsAlready() throws Exception {
        adapter.setIdleTimeout("1h");
        adapter.start(container);
        try (TestClient client = connect(activate(new Bean(container, mail -> {})))) {
            BEANS.setAttribute(name("Listener,name=smtp"), new javax.management.Attribute("IdleTimeout", "1s"));
            assertThat(client.reply()).startsWith("421 4.4.2");
        }
    }

    private int activate(Bean bean) throws Exception {
        adapter.endpointActivation(bean, spec);
        awaitStatus("OK");
        return (int) attribute("Listener,name=smtp", "Port");
    }

    private void awaitStatus(String status) throws Exception {
        awaitAttribute("Gateway", "Status", status);
    }

    private void awaitAttribute(String type, String attribute, String value) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!value.equals(attribute(type, attribute))) {
            assertThat(System.nanoTime()).as("waiting for " + value).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private Object attribute(String type, String attribute) throws Exception {
        return BEANS.getAttribute(name(type), attribute);
    }

    private ObjectName name(String type) throws Exception {
        return new ObjectName(domain + ":type=" + type);
    }

    private static TestClient connect(int port) throws IOException {
        TestClient client = new TestClient(new InetSocketAddress("127.0.0.1", port), false);
        client.reply();
        return client;
    }

    private static String send(int port, String recipient) throws IOException {
        try (TestClient client = connect(port)) {
            return client.message(recipient, "Subject: test\r\n\r\ntext\r\n");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
