package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.container.TestClient;

/** Behind a load balancer it is the peer named in the PROXY header who is trusted and limited, and not the balancer. */
class ProxyTrustTest {

    private static final String INSIDE = "10.1.0.0/16, 2001:db8:1::/48";
    private static final String BALANCER = "127.0.0.0/8";

    @TempDir
    Path folder;

    private DeployedAdapter deployed;

    /** The versions of the protocol. */
    enum Header {
        VERSION_1 {
            @Override
            byte[] of(InetAddress peer) {
                String family = peer.getAddress().length == 4 ? "TCP4" : "TCP6";
                String address = peer.getHostAddress();
                return ("PROXY " + family + " " + address + " " + address + " 4711 25\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
            }
        },
        VERSION_2 {
            @Override
            byte[] of(InetAddress peer) {
                byte[] address = peer.getAddress();
                return ByteBuffer.allocate(20 + 2 * address.length)
                        .put("\r\n\r\n\0\r\nQUIT\n!".getBytes(StandardCharsets.US_ASCII))
                        .put((byte) (address.length == 4 ? 0x11 : 0x21))
                        .putShort((short) (4 + 2 * address.length))
                        .put(address)
                        .put(address)
                        .putShort((short) 4711)
                        .putShort((short) 25)
                        .array();
            }
        };

        abstract byte[] of(InetAddress peer);
    }

    @BeforeEach
    void configure() {
        deployed = new DeployedAdapter(folder);
        deployed.adapter.setProxyNetworks("127.0.0.1");
    }

    @AfterEach
    void stop() throws Exception {
        deployed.close();
    }

    @ParameterizedTest
    @CsvSource({
        "VERSION_1, 10.1.2.3, 10.2.2.3",
        "VERSION_2, 10.1.2.3, 10.2.2.3",
        "VERSION_1, 2001:db8:1::7, 2001:db8:2::7",
        "VERSION_2, 2001:db8:1::7, 2001:db8:2::7"
    })
    void onlyThePeersOfTrustedNetworksShouldBeRelayedFor(Header header, String inside, String outside)
            throws Exception {
        serve(INSIDE);
        try (TestClient trusted = greet(header, inside);
                TestClient other = greet(header, outside)) {
            assertThat(trusted.message("a@elsewhere.example", "text\r\n")).startsWith("250 2.0.0");
            assertThat(other.message("a@elsewhere.example", "text\r\n")).startsWith("550 5.7.1");
            assertThat(deployed.figure("RecipientsRefused")).isEqualTo(1);
            assertThat(other.message("a@localhost", "text\r\n")).startsWith("250 2.0.0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VERSION_1, 10.2.2.3",
        "VERSION_2, 10.2.2.3",
        "VERSION_1, 2001:db8:2::7",
        "VERSION_2, 2001:db8:2::7",
    })
    void trustInTheBalancerShouldNotBeTheTrustInThoseBehindIt(Header header, String outside) throws Exception {
        deployed.adapter.setMaxSessionsPerAddress("1");
        deployed.adapter.setMaxMessagesPerMinute("1");
        serve(BALANCER);
        try (TestClient own = send("PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII));
                TestClient first = greet(header, outside);
                TestClient second = send(header.of(InetAddress.getByName(outside)))) {
            assertThat(own.line()).startsWith("220 ");
            assertThat(own.message("a@elsewhere.example", "text\r\n")).startsWith("250 2.0.0");
            assertThat(own.message("a@elsewhere.example", "text\r\n")).startsWith("250 2.0.0");
            assertThat(second.line()).startsWith("421 4.7.0 Too many sessions from your address");
            assertThat(first.message("a@localhost", "text\r\n")).startsWith("250 2.0.0");
            assertThat(first.ask("MAIL FROM:<sender@client.example>")).startsWith("450 4.7.1");
        }
        assertThat(deployed.figures("LimitsReachedBySetting"))
                .containsExactly("maxMessagesPerMinute: 1", "maxSessionsPerAddress: 1");
    }

    @ParameterizedTest
    @CsvSource({
        "VERSION_1, 10.1.2.3",
        "VERSION_2, 10.1.2.3",
        "VERSION_1, 2001:db8:1::7",
        "VERSION_2, 2001:db8:1::7",
    })
    void peersOfTrustedNetworksShouldBeExemptFromLimitsByAddress(Header header, String inside) throws Exception {
        deployed.adapter.setMaxSessionsPerAddress("1");
        deployed.adapter.setMaxMessagesPerMinute("1");
        deployed.adapter.setMaxNewSessionsPerMinute("1");
        serve(INSIDE);
        try (TestClient first = greet(header, inside);
                TestClient second = greet(header, inside)) {
            assertThat(first.message("a@localhost", "text\r\n")).startsWith("250 2.0.0");
            assertThat(second.message("a@localhost", "text\r\n")).startsWith("250 2.0.0");
            assertThat(second.message("a@localhost", "text\r\n")).startsWith("250 2.0.0");
        }
        assertThat(deployed.figure("LimitsReached")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2001:db8:2::8", "2001:db8:2:1::7", "10.2.2.3"})
    void limitsShouldGoByTheFirstHalfOfAnIpv6Address(String other) throws Exception {
        deployed.adapter.setMaxSessionsPerAddress("1");
        serve(INSIDE);
        boolean same = other.startsWith("2001:db8:2::");
        try (TestClient first = greet(Header.VERSION_2, "2001:db8:2::7");
                TestClient second = send(Header.VERSION_1.of(InetAddress.getByName(other)))) {
            assertThat(second.line()).startsWith(same ? "421 4.7.0 " : "220 ");
            assertThat(first.message("a@localhost", "text\r\n")).startsWith("250 2.0.0");
        }
    }

    private void serve(String trustedNetworks) throws Exception {
        deployed.adapter.setTrustedNetworks(trustedNetworks);
        deployed.serve(mail -> {});
    }

    private TestClient greet(Header header, String peer) throws Exception {
        TestClient client = send(header.of(InetAddress.getByName(peer)));
        assertThat(client.line()).startsWith("220 ");
        return client;
    }

    private TestClient send(byte[] header) throws Exception {
        TestClient client = deployed.connect();
        try {
            client.send(header);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        return client;
    }
}
