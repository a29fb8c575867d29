package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Reply;
import org.postern.container.TestClient;

/** Whom the listener remembers, and with what TLS. */
class PeersTest {

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    @Test
    void sessionsShouldCountForTheSenderOfTheirFirstMessageAndFailuresForTheAddress() throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of())) {
            try (TestClient client = connect(server)) {
                client.message("a@accepted.example", "text\r\n");
                send(client, "<other@second.example>");
            }
            String suite;
            try (TestClient client = connect(server)) {
                client.ask("STARTTLS");
                suite = client.tls().getSession().getCipherSuite();
                client.message("a@accepted.example", "text\r\n");
                client.message("a@accepted.example", "text\r\n");
            }
            try (TestClient client = connect(server)) {
                client.ask("STARTTLS");
                client.send("this is no handshake\r\n");
                assertThatExceptionOfType(IOException.class).isThrownBy(client::tls);
            }
            List<String> lines = await(server, 2);
            assertThat(lines.get(0))
                    .startsWith("from client.example: 1 in clear, 1 with TLS, 0 verified, versions {TLSv1.3=1},"
                            + " results {NONE_SHOWN=1}; last ")
                    .endsWith(" TLSv1.3 " + suite);
            assertThat(lines.get(1))
                    .startsWith("client [127.0.0.1]: 0 in clear, 0 with TLS, 0 verified, failures {")
                    .contains("=1}; last ");
        }
    }

    /** What came in clear before STARTTLS does not hide what came after it. */
    @Test
    void sessionShouldCountOnceInClearAndOnceWithTls() throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of());
                TestClient client = connect(server)) {
            client.message("a@accepted.example", "text\r\n");
            client.message("a@accepted.example", "text\r\n");
            client.ask("STARTTLS");
            client.tls();
            client.message("a@accepted.example", "text\r\n");
            client.message("a@accepted.example", "text\r\n");
            assertThat(server.peers.lines())
                    .singleElement()
                    .asString()
                    .startsWith("from client.example: 1 in clear, 1 with TLS, 0 verified, versions {TLSv1.3=1}");
        }
    }

    @Test
    void injectionShouldCountForTheAddress() throws Exception {
        try (TestListener server = new TestListener(folder, deliveries, Map.of());
                TestClient client = connect(server)) {
            client.send("STARTTLS\r\nEHLO injected.example\r\n");
            assertThat(client.reply()).startsWith("421");
            assertThat(await(server, 1).get(0))
                    .startsWith("client [127.0.0.1]: ")
                    .contains("failures {INJECTED=1}");
        }
    }

    @Test
    void onlyMessagesThatWereTakenShouldMakeADomainKnown() throws Exception {
        deliveries.answer = mail -> new Reply(550, "5.7.1", "Not for you");
        try (TestListener server = new TestListener(folder, deliveries, Map.of());
                TestClient client = connect(server)) {
            assertThat(client.message("a@accepted.example", "text\r\n")).startsWith("550");
            assertThat(server.peers.lines()).isEmpty();
            deliveries.answer = mail -> new Reply(250, "2.0.0", "Accepted");
            assertThat(send(client, "<>")).startsWith("250");
            assertThat(server.peers.lines()).singleElement().asString().startsWith("client [127.0.0.1]: 1 in clear");
        }
    }

    @Test
    void addressesOfOneIpv6NetworkShouldBeOneClient() throws Exception {
        assertThat(literal("192.0.2.255")).isEqualTo("[192.0.2.255]");
        assertThat(literal("2001:db8:0:7:1:2:3:4"))
                .isEqualTo(literal("2001:db8:0:7::9"))
                .isEqualTo("[IPv6:2001:db8:0:7::/64]");
    }

    private static String literal(String address) throws Exception {
        return Origin.of(InetAddress.getByName(address)).literal();
    }

    private static String send(TestClient client, String sender) throws IOException {
        client.ask("RSET");
        client.ask("MAIL FROM:" + sender);
        client.ask("RCPT TO:<a@accepted.example>");
        client.ask("DATA");
        return client.ask("text\r\n.");
    }

    private static TestClient connect(TestListener server) throws IOException {
        TestClient client = new TestClient(server.address(), false);
        client.reply();
        client.ask("EHLO client.example");
        return client;
    }

    private static List<String> await(TestListener server, int size) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (server.peers.size() < size) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
        return server.peers.lines();
    }
}
