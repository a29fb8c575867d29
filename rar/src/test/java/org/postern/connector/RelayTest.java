package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.InboundMail;
import org.postern.MailConnection;
import org.postern.MailConnectionFactory;
import org.postern.MailListener;
import org.postern.MailRejectedException;
import org.postern.NextHop;
import org.postern.container.Bean;
import org.postern.container.Container;
import org.postern.container.TestClient;

/** What a sender asks for reaches the next hop: a gateway relays to a second one, and what comes there is compared. */
class RelayTest {

    @TempDir
    Path folder;

    private final Container container = new Container(24);
    private final PosternResourceAdapter gateway = new PosternResourceAdapter();
    private final PosternResourceAdapter nextHop = new PosternResourceAdapter();
    private final BlockingQueue<Envelope> envelopes = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> contents = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() throws InterruptedException {
        gateway.stop();
        nextHop.stop();
        container.stop();
    }

    @Test
    void parametersAndAddressesBeyondAsciiShouldReachTheNextHopAsTheyCame() throws Exception {
        int target = start(nextHop, "second", this::take);
        var managed = new MailManagedConnectionFactory();
        managed.setResourceAdapter(gateway);
        var factory = (MailConnectionFactory) managed.createConnectionFactory(new TinyPool());
        int port = start(gateway, "first", mail -> relay(mail, factory, target));
        String content = "From: söder@example.org\r\nSubject: grün\r\n\r\n.\r\n..two\r\nÄ\r\n";
        try (TestClient client = new TestClient(new InetSocketAddress("127.0.0.1", port), false)) {
            client.reply();
            client.ask("STARTTLS");
            client.tls();
            client.ask("EHLO client.example");
            expect(client, "MAIL FROM:<söder@example.org> BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=QQ+2B314159");
            expect(client, "RCPT TO:<grün@localhost> NOTIFY=SUCCESS,DELAY ORCPT=utf-8;grün@client.example");
            expect(client, "RCPT TO:<joe@localhost> NOTIFY=NEVER ORCPT=rfc822;Joe+2Bnews@client.example");
            expect(client, "RCPT TO:<\"a b\"@localhost>");
            client.send("BDAT " + content.getBytes(StandardCharsets.UTF_8).length + " LAST\r\n" + content);
            assertThat(client.reply()).startsWith("250 ");
        }
        Envelope arrived = envelopes.poll(10, TimeUnit.SECONDS);
        assertThat(arrived.reversePathText()).isEqualTo("söder@example.org");
        assertThat(arrived.parameters().eightBit()).isTrue();
        assertThat(arrived.parameters().international()).isTrue();
        assertThat(arrived.parameters().returned()).isEqualTo("HDRS");
        assertThat(arrived.parameters().envelopeId()).isEqualTo("QQ+2B314159");
        assertThat(arrived.recipients())
                .extracting(to -> to + " " + to.notifyOn() + " " + to.originalRecipient())
                .containsExactly(
                        "grün@localhost SUCCESS,DELAY utf-8;grün@client.example",
                        "joe@localhost NEVER rfc822;Joe+2Bnews@client.example",
                        "\"a b\"@localhost  ");
        assertThat(contents.poll(10, TimeUnit.SECONDS))
                .contains("with UTF8SMTPS id")
                .endsWith("\r\n" + content);
    }

    private static void expect(TestClient client, String command) throws IOException {
        assertThat(client.ask(command)).as(command).startsWith("250 ");
    }

    private void take(InboundMail mail) {
        envelopes.add(mail.envelope());
        try (InputStream in = mail.content().stream()) {
            contents.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void relay(InboundMail mail, MailConnectionFactory factory, int port) throws MailRejectedException {
        try (MailConnection connection = factory.getConnection(NextHop.of("127.0.0.1", port))) {
            if (!connection.send(mail.envelope(), mail.content()).isComplete()) {
                throw new MailRejectedException(451, "4.3.0", "Not all were taken");
            }
        } catch (ResourceException e) {
            throw new MailRejectedException(451, "4.4.1", String.valueOf(e.getMessage()));
        }
    }

    private int start(PosternResourceAdapter adapter, String name, MailListener listener) throws Exception {
        String domain = "test." + name + "." + folder.getFileName();
        adapter.setManagementDomain(domain);
        adapter.setDataDirectory(folder.resolve(name).toString());
        adapter.setHost("127.0.0.1");
        adapter.setPort("0");
        adapter.setHostName(name + ".example.org");
        var spec = new MailActivationSpec();
        spec.setRecipients("*");
        adapter.start(container);
        MessageEndpointFactory bean = new Bean(container, listener);
        adapter.endpointActivation(bean, spec);
        var server = ManagementFactory.getPlatformMBeanServer();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!"OPEN".equals(server.getAttribute(new ObjectName(domain + ":type=Listener,name=smtp"), "State"))) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
        return (int) server.getAttribute(new ObjectName(domain + ":type=Listener,name=smtp"), "Port");
    }
}
