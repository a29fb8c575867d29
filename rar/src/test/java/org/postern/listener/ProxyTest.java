package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.container.TestClient;

/** The PROXY protocol: believed from load balancers, and from nobody else. */
class ProxyTest {

    private static final Map<String, String> BALANCED =
            Map.of("proxyNetworks", "127.0.0.1", "implicitTlsPort", "0", "maxSessionsPerAddress", "1");
    private static final String VERSION_1 = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 25\r\n";
    private static final String VERSION_2 = "\r\n\r\n\0\r\nQUIT\n" + "\u0021\u0011\0\u000c" + "\u00c0\0\u0002\u0007"
            + "\u00c6\u0033\u0064\u0001" + "\u0012\u0067" + "\0\u0019";
    private static final String LOCAL = "\r\n\r\n\0\r\nQUIT\n" + "\u0020\0\0\0";

    @TempDir
    Path folder;

    private final TestDeliveries deliveries = new TestDeliveries();

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void peerThatTheHeaderNamesShouldCount(String header) throws Exception {
        try (TestListener server = server(BALANCED);
                TestClient first = connect(server, header)) {
            assertThat(first.line()).startsWith("220 ");
            try (TestClient second = connect(server, header);
                    TestClient other = connect(server, VERSION_1.replace("192.0.2.7", "192.0.2.8"))) {
                assertThat(second.line()).startsWith("421 4.7.0 Too many sessions from your address");
                assertThat(other.line()).startsWith("220 ");
            }
            assertThat(first.message("a@accepted.example", "text\r\n")).startsWith("250");
            assertThat(deliveries.taken.get(0).content()).contains("([192.0.2.7])");
        }
    }

    @Test
    void ipv6PeerShouldCountToo() throws Exception {
        try (TestListener server = server(BALANCED);
                TestClient client = connect(server, "PROXY TCP6 2001:db8::7 2001:db8::1 4711 25\r\n")) {
            client.line();
            assertThat(client.message("a@accepted.example", "text\r\n")).startsWith("250");
            assertThat(deliveries.taken.get(0).content()).containsIgnoringCase("[IPv6:2001:db8:");
        }
    }

    @Test
    void headerShouldComeBeforeTheHandshakeOfImplicitTls() throws Exception {
        try (TestListener server = server(BALANCED);
                TestClient client = new TestClient(server.implicitTlsAddress(), false)) {
            client.send(octets(VERSION_2));
            client.tls();
            assertThat(client.line()).startsWith("220 ");
            assertThat(client.message("a@accepted.example", "text\r\n")).startsWith("250");
            assertThat(deliveries.taken.get(0).content()).contains("([192.0.2.7])");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, "PROXY UNKNOWN\r\n"})
    void connectionOfTheLoadBalancersOwnShouldBeServed(String header) throws Exception {
        try (TestListener server = server(BALANCED);
                TestClient client = connect(server, header)) {
            assertThat(client.line()).startsWith("220 ");
            assertThat(client.ask("QUIT")).startsWith("221 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.7 198.51.100.1 4711\r\n",
                "PROXY TCP4 192.0.2.777 198.51.100.1 4711 25\r\n",
                "PROXY UDP4 192.0.2.7 198.51.100.1 4711 25\r\n",
                "EHLO client.example\r\nNOOP\r\n",
                "\r\n\r\n\0\r\nQUIT\n\u0031\u0011\0\u000c\u00c0\0\u0002\u0007\u00c6\u0033\u0064\u0001\u0012\u0067\0\u0019",
                "\r\n\r\n\0\r\nQUIT\n\u0021\u0011\u00ff\u00ff\u00c0\0\u0002\u0007\u00c6\u0033\u0064\u0001\u0012\u0067\0\u0019"
            })
    void loadBalancerWithoutAProperHeaderShouldNotBeServed(String instead) throws Exception {
        try (TestListener server = server(BALANCED);
                TestClient client = connect(server, instead)) {
            assertThat(isClosedWithoutAWord(client)).isTrue();
            awaitFailure(server);
            assertThat(deliveries.taken).isEmpty();
        }
    }

    @Test
    void missingHeaderShouldEndTheConnectionInTime() throws Exception {
        try (TestListener server = server(BALANCED);
                TestClient client = connect(server, "")) {
            assertThat(isClosedWithoutAWord(client)).isTrue();
            awaitFailure(server);
        }
    }

    @Test
    void headerFromAnyoneElseShouldBeAnError() throws Exception {
        try (TestListener server = server(Map.of("proxyNetworks", "192.0.2.0/24"));
                TestClient client = connect(server, "")) {
            assertThat(client.line()).startsWith("220 ");
            assertThat(client.ask(VERSION_1.trim())).startsWith("500 5.5.1");
            assertThat(client.message("a@accepted.example", "text\r\n")).startsWith("250");
            assertThat(deliveries.taken.get(0).content())
                    .contains("([127.0.0.1])")
                    .doesNotContain("192.0.2.7");
        }
    }

    @Test
    void inputBehindTheHeaderShouldBeBeforeTheGreeting() throws Exception {
        try (TestListener server = server(BALANCED);
                TestClient client = connect(server, VERSION_1 + "EHLO hasty.example\r\n")) {
            assertThat(client.line()).isEqualTo("421 4.5.1 You must wait for the greeting");
            assertThat(client.line()).isNull();
        }
    }

    private TestListener server(Map<String, String> configured) throws IOException {
        return new TestListener(folder, deliveries, configured);
    }

    private static TestClient connect(TestListener server, String header) throws IOException {
        TestClient client = new TestClient(server.address(), false);
        client.send(octets(header));
        return client;
    }

    /** The header of version 2 is no text; here a character stands for each octet. */
    private static byte[] octets(String header) {
        assertThat(StandardCharsets.ISO_8859_1.newEncoder().canEncode(header)).isTrue();
        return header.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The decoder closes the connection before it tells why. */
    private static void awaitFailure(TestListener server) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!server.listener.statistics().limits().equals(Map.of("proxyNetworks", 1L))) {
            assertThat(System.nanoTime()).as("it was not counted").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static boolean isClosedWithoutAWord(TestClient client) {
        try {
            return client.line() == null;
        } catch (IOException reset) {
            return !(reset instanceof java.net.SocketTimeoutException);
        }
    }
}
