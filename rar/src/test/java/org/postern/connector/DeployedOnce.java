package org.postern.connector;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import javax.management.ObjectName;
import org.postern.Envelope;
import org.postern.MailConnection;
import org.postern.MailConnectionFactory;
import org.postern.MailContent;
import org.postern.NextHop;
import org.postern.container.Bean;
import org.postern.container.Container;
import org.postern.container.TestClient;

/** An adapter from its start to its stop, with mail in and out over TLS. Loaded by {@link ClassLoaderTest} a second time. */
public final class DeployedOnce implements BiConsumer<Path, ExecutorService> {

    @Override
    public void accept(Path folder, ExecutorService threads) {
        try {
            run(folder, new Container(threads));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two of them, as no adapter sends to itself. */
    private static void run(Path folder, Container container) throws Exception {
        PosternResourceAdapter receiver = start(folder.resolve("receiver"), container);
        PosternResourceAdapter sender = start(folder.resolve("sender"), container);
        var spec = new MailActivationSpec();
        spec.setRecipients("*");
        var bean = new Bean(container, mail -> mail.content().size());
        receiver.endpointActivation(bean, spec);
        int port = awaitPort(new ObjectName(domain(folder.resolve("receiver")) + ":type=Listener,name=smtp"));
        receive(port);
        send(sender, port);
        receiver.endpointDeactivation(bean, spec);
        sender.stop();
        receiver.stop();
    }

    private static PosternResourceAdapter start(Path folder, Container container) throws Exception {
        var adapter = new PosternResourceAdapter();
        adapter.setManagementDomain(domain(folder));
        adapter.setDataDirectory(folder.resolve("data").toString());
        adapter.setHost("127.0.0.1");
        adapter.setPort("0");
        adapter.setHostName("mx.example.org");
        adapter.start(container);
        return adapter;
    }

    private static String domain(Path folder) {
        return "test." + folder.getParent().getFileName() + "." + folder.getFileName();
    }

    private static int awaitPort(ObjectName listener) throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        while (!"OPEN".equals(server.getAttribute(listener, "State"))) {
            Thread.onSpinWait();
        }
        return (int) server.getAttribute(listener, "Port");
    }

    private static void receive(int port) throws IOException {
        try (TestClient client = new TestClient(new InetSocketAddress("127.0.0.1", port), false)) {
            client.reply();
            client.ask("STARTTLS");
            client.tls();
            require(client.message("joe@localhost", "text\r\n".repeat(100_000)).startsWith("250 "));
        }
    }

    private static void send(PosternResourceAdapter adapter, int port) throws Exception {
        var managed = new MailManagedConnectionFactory();
        managed.setResourceAdapter(adapter);
        var factory = (MailConnectionFactory) managed.createConnectionFactory(new TinyPool());
        try (MailConnection connection = factory.getConnection(NextHop.of("127.0.0.1", port))) {
            var content = MailContent.of("text\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            require(connection
                    .send(Envelope.of("a@example.org", "joe@localhost"), content)
                    .isComplete());
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("The mail was not taken.");
        }
    }
}
