package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.work.Work;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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

/** The whole adapter when beans, threads or peers press it. */
class PressureTest {

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
    void exhaustedThreadsOfTheContainerShouldBeWaitedForAndThenTold() throws Exception {
        adapter.setDeliveryWait("2s");
        adapter.start(container);
        int port = activate(new Bean(container, mail -> {}));
        CountDownLatch goOn = new CountDownLatch(1);
        for (int i = 0; i < 12; i++) {
            container.scheduleWork(new Occupation(goOn));
        }
        assertThat(send(port, "joe@localhost")).startsWith("451 4.3.2");
        assertThat(send(port, "joe@localhost")).startsWith("451 4.3.2");
        assertThat((String[]) attribute("ListenerStatistics,name=smtp", "LimitsReachedBySetting"))
                .containsExactly("deliveryWait: 2");
        goOn.countDown();
        assertThat(send(port, "joe@localhost")).startsWith("250");
    }

    @Test
    void stuckBeanShouldBeTurnedIntoAReplyAndTheListenerGoOn() throws Exception {
        adapter.setDeliveryTimeout("1s");
        CountDownLatch goOn = new CountDownLatch(1);
        adapter.start(container);
        int port = activate(new Bean(container, mail -> {
            if (mail.envelope().recipients().get(0).mailbox().localPart().equals("stuck")) {
                await(goOn);
            }
        }));
        assertThat(send(port, "stuck@localhost")).startsWith("451 4.3.2");
        assertThat(send(port, "joe@localhost")).startsWith("250");
        goOn.countDown();
    }

    @Test
    void messageShouldNotReachTheBeanOnceItsSenderWasToldToBringItAgain() throws Exception {
        adapter.setDeliveriesAtOnce("1");
        adapter.setDeliveryTimeout("1s");
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> called = new CopyOnWriteArrayList<>();
        adapter.start(container);
        int port = activate(new Bean(container, mail -> {
            called.add(mail.envelope().recipients().get(0).mailbox().localPart());
            await(goOn);
        }));
        assertThat(send(port, "stuck@localhost")).startsWith("451 4.3.2");
        assertThat(send(port, "waits@localhost")).startsWith("451 4.3.2");
        try (TestClient leaves = connect(port)) {
            leaves.envelope("leaves@localhost");
            leaves.send("text\r\n.\r\n");
            leaves.reset();
        }
        awaitAttribute("Listener,name=smtp", "Sessions", 0);
        goOn.countDown();
        assertThat(send(port, "joe@localhost")).startsWith("250");
        assertThat(called).containsExactly("stuck", "joe");
    }

    @Test
    void limitsShouldHoldFromTheMomentTheyAreChangedAndShowTheirFigures() throws Exception {
        adapter.setTrustedNetworks("192.0.2.0/24");
        adapter.start(container);
        int port = activate(new Bean(container, mail -> {}));
        BEANS.setAttribute(name("Listener,name=smtp"), new javax.management.Attribute("MaxSessionsPerAddress", "1"));
        try (TestClient first = connect(port);
                TestClient second = new TestClient(new InetSocketAddress("127.0.0.1", port), false)) {
            assertThat(second.line()).startsWith("421 4.7.0");
            assertThat(first.ask("NOOP")).startsWith("250");
        }
        assertThat((String[]) attribute("ListenerStatistics,name=smtp", "LimitsReachedBySetting"))
                .containsExactly("maxSessionsPerAddress: 1");
        BEANS.setAttribute(name("Listener,name=smtp"), new javax.management.Attribute("TrustedNetworks", "127.0.0.1"));
        try (TestClient first = connect(port);
                TestClient second = connect(port)) {
            assertThat(first.ask("NOOP")).startsWith("250");
            assertThat(second.ask("NOOP")).startsWith("250");
        }
    }

    /** Holds a thread of the container. */
    private record Occupation(CountDownLatch goOn) implements Work {

        @Override
        public void run() {
            await(goOn);
        }

        @Override
        public void release() {
            // It ends with the latch.
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

    private void awaitAttribute(String type, String attribute, Object value) throws Exception {
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
