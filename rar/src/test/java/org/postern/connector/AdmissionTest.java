package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.MailListener;
import org.postern.MailRejectedException;
import org.postern.Recipient;
import org.postern.container.Bean;
import org.postern.container.Container;
import org.postern.container.TestClient;

/** Who may send to whom, asked as a stranger over the adapter's own port. */
class AdmissionTest {

    @TempDir
    Path folder;

    private final Container container = new Container(12);
    private final PosternResourceAdapter adapter = new PosternResourceAdapter();
    private final MailActivationSpec spec = new MailActivationSpec();

    @BeforeEach
    void configure() {
        adapter.setManagementDomain("test." + folder.getFileName());
        adapter.setDataDirectory(folder.resolve("data").toString());
        adapter.setHost("127.0.0.1");
        adapter.setPort("0");
        adapter.setHostName("mx.example.org");
        adapter.setTrustedNetworks("192.0.2.0/24");
        spec.setRecipients("*");
    }

    @AfterEach
    void stop() throws InterruptedException {
        adapter.stop();
        container.stop();
    }

    @Test
    void strangersShouldNotBeRelayedFor() throws Exception {
        adapter.setAcceptedDomains("example.org");
        adapter.start(container);
        int port = activate(new Bean(container, mail -> {}));
        for (String open : List.of("joe@example.org", "postmaster@mx.example.org", "postmaster@[127.0.0.1]")) {
            assertThat(send(port, open)).as(open).startsWith("250");
        }
        for (String closed : List.of("joe@elsewhere.example", "joe@sub.example.org", "joe@[192.0.2.1]")) {
            assertThat(send(port, closed)).as(closed).startsWith("550 5.7.1");
        }
    }

    @Test
    void postmasterShouldAlwaysBeTakenAndNeverAskedAbout() throws Exception {
        adapter.setAcceptedDomains("example.org, shop.example");
        adapter.start(container);
        spec.setRecipients("orders@shop.example");
        spec.setCheckRecipients("true");
        int port = activate(new Bean(container, new Strict()));
        for (String postmaster : List.of(
                "Postmaster",
                "POSTMASTER@example.org",
                "postmaster@shop.example",
                "postmaster@mx.example.org",
                "postmaster@[127.0.0.1]",
                "\"postmaster\"@example.org")) {
            assertThat(send(port, postmaster)).as(postmaster).startsWith("250");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*@shop.example", "orders@shop.example", "*@.example"})
    void postmasterOfADomainThatOnlyABeanNamesShouldBeTakenAndNeverAskedAbout(String recipients) throws Exception {
        adapter.start(container);
        spec.setRecipients(recipients);
        spec.setCheckRecipients("true");
        int port = activate(new Bean(container, new Strict()));
        for (String postmaster :
                List.of("postmaster@shop.example", "PostMaster@Shop.Example", "\"postmaster\"@shop.example")) {
            assertThat(send(port, postmaster)).as(postmaster).startsWith("250");
        }
        assertThat(send(port, "orders@shop.example")).isEqualTo(Strict.REPLY);
        assertThat(send(port, "postmaster@elsewhere.test")).startsWith("550 5.7.1");
    }

    @Test
    void otherRecipientsShouldBeAskedAboutOnlyWhereTheBeanWantsIt() throws Exception {
        adapter.start(container);
        spec.setRecipients("*@shop.example");
        Bean careless = new Bean(container, new Strict());
        assertThat(send(activate(careless), "joe@shop.example")).startsWith("250");
        adapter.endpointDeactivation(careless, spec);
        spec.setCheckRecipients("true");
        assertThat(send(activate(new Bean(container, new Strict())), "joe@shop.example"))
                .isEqualTo(Strict.REPLY);
    }

    @Test
    void addressThatNamesARouteShouldBeRefusedWhereMailMayGoOn() throws Exception {
        adapter.setAcceptedDomains("example.org");
        adapter.start(container);
        int port = activate(new Bean(container, mail -> {}));
        for (String route : List.of(
                "a%elsewhere.example@example.org", "elsewhere.example!a@example.org",
                "\"a@elsewhere.example\"@example.org", "\"a\\@elsewhere.example\"@example.org")) {
            assertThat(send(port, route)).as(route).startsWith("550 5.7.1");
        }
        assertThat(send(port, "@elsewhere.example:joe@example.org")).startsWith("250");
    }

    @Test
    void addressThatNamesARouteShouldBeTakenWhereMailEnds() throws Exception {
        adapter.setAcceptedDomains("example.org");
        adapter.start(container);
        spec.setFinalDelivery("true");
        int port = activate(new Bean(container, mail -> {}));
        assertThat(send(port, "a%b@example.org")).startsWith("250");
    }

    @Test
    void domainNamedByABeanShouldBeAcceptedFromAnyone() throws Exception {
        spec.setRecipients("*@shop.example, *");
        adapter.start(container);
        int port = activate(new Bean(container, mail -> {}));
        assertThat(send(port, "joe@shop.example")).startsWith("250");
        assertThat(send(port, "joe@elsewhere.example")).startsWith("550 5.7.1");
    }

    /** Refuses whomever it is asked about. */
    private static final class Strict implements MailListener {

        static final String REPLY = "550 5.1.1 Nobody here";

        @Override
        public void onMail(InboundMail mail) {
            // Taken, whoever it is for.
        }

        @Override
        public void onRecipient(Envelope envelope, Recipient recipient) throws MailRejectedException {
            throw new MailRejectedException(550, "5.1.1", "Nobody here");
        }
    }

    private int activate(Bean bean) throws Exception {
        adapter.endpointActivation(bean, spec);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!"OK".equals(attribute("Gateway", "Status"))) {
            assertThat(System.nanoTime()).as("waiting for the adapter").isLessThan(end);
            Thread.onSpinWait();
        }
        return (int) attribute("Listener,name=smtp", "Port");
    }

    private Object attribute(String type, String attribute) throws Exception {
        var name = new ObjectName("test." + folder.getFileName() + ":type=" + type);
        return ManagementFactory.getPlatformMBeanServer().getAttribute(name, attribute);
    }

    private static String send(int port, String recipient) throws IOException {
        try (TestClient client = new TestClient(new InetSocketAddress("127.0.0.1", port), false)) {
            client.reply();
            return client.message(recipient, "Subject: test\r\n\r\ntext\r\n");
        }
    }
}
