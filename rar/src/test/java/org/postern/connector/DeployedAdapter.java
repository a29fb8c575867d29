package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.postern.MailListener;
import org.postern.container.Bean;
import org.postern.container.Container;
import org.postern.container.TestClient;

/** An adapter in a hand-made container, over its own ports, with its beans as an administrator has them. */
final class DeployedAdapter implements AutoCloseable {

    static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
    static final int THREADS = 12;

    final Container container = new Container(THREADS);
    final PosternResourceAdapter adapter = new PosternResourceAdapter();
    final MailActivationSpec spec = new MailActivationSpec();
    private final String domain;

    /** Configures one; it is started later. */
    DeployedAdapter(Path folder) {
        domain = "test." + folder.getFileName();
        adapter.setManagementDomain(domain);
        adapter.setDataDirectory(folder.resolve("data").toString());
        adapter.setHost("127.0.0.1");
        adapter.setPort("0");
        adapter.setHostName("mx.example.org");
        adapter.setStopPatience("5s");
        spec.setRecipients("*");
    }

    /** Starts it with a transacted bean of whose kind there is enough. {@return the bean} */
    Bean serve(MailListener listener) throws Exception {
        var bean = new Bean(container, listener);
        adapter.start(container);
        activate(bean);
        return bean;
    }

    void activate(Bean bean) throws Exception {
        adapter.endpointActivation(bean, spec);
        awaitStatus("OK");
    }

    void awaitStatus(String status) throws Exception {
        awaitAttribute("Gateway", "Status", status);
    }

    void awaitAttribute(String type, String attribute, Object value) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!value.equals(attribute(type, attribute))) {
            assertThat(System.nanoTime()).as("waiting for " + value).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    Object attribute(String type, String attribute) throws JMException {
        return BEANS.getAttribute(name(type), attribute);
    }

    ObjectName name(String type) throws JMException {
        return new ObjectName(domain + ":type=" + type);
    }

    ObjectName listener() throws JMException {
        return name("Listener,name=smtp");
    }

    /** Changes a setting of the listener as JConsole does. */
    void set(String attribute, String value) throws JMException {
        BEANS.setAttribute(listener(), new Attribute(attribute, value));
    }

    /** {@return a number among the listener's figures} */
    long figure(String attribute) throws JMException {
        return (long) attribute("ListenerStatistics,name=smtp", attribute);
    }

    /** {@return a list among the listener's figures} */
    String[] figures(String attribute) throws JMException {
        return (String[]) attribute("ListenerStatistics,name=smtp", attribute);
    }

    /** {@return a client that nothing was read from yet} */
    TestClient connect() throws Exception {
        int port = (int) BEANS.getAttribute(listener(), "Port");
        return new TestClient(new InetSocketAddress("127.0.0.1", port), false);
    }

    /** {@return a client that was greeted} */
    TestClient greet() throws Exception {
        TestClient client = connect();
        assertThat(client.reply()).startsWith("220 ");
        return client;
    }

    /** Brings a message in a session of its own. {@return the reply that decided} */
    String send(String recipient) throws Exception {
        try (TestClient client = greet()) {
            return client.message(recipient, "Subject: test\r\n\r\ntext\r\n");
        }
    }

    /** Somebody else's mail is taken, whatever became of what came before. */
    void expectHonestMailToBeTaken() throws Exception {
        long before = figure("MessagesAccepted");
        assertThat(send("honest@localhost")).startsWith("250 2.0.0 ");
        assertThat(figure("MessagesAccepted")).isEqualTo(before + 1);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        adapter.stop();
        try {
            container.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
