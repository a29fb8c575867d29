package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.Receipt;
import org.postern.TlsFailure;
import org.postern.dns.TestDns;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Decision;
import org.postern.tls.Engine;
import org.xbill.DNS.Rcode;

/** Delivery to the servers that a domain names, all of them on this machine. */
class MxTest {

    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.UTF_8));

    private static final String TAKES =
            """
            S: 220 mx
            C: EHLO gateway.example.org
            S: 250 mx
            C: MAIL FROM:<a@example.org>
            S: 250 OK
            C: RCPT TO:<b@example.org>
            S: 250 OK
            C: DATA
            S: 354 Go
            DATA
            S: 250 taken
            """;

    @AutoClose
    private static final TestClients clients = new TestClients();

    @AutoClose
    private static TestTls tls;

    private static ClientTls inClear;
    private static ClientTls required;

    private final AtomicLong now = new AtomicLong();
    private final DeadHosts dead =
            new DeadHosts(() -> new DeadHosts.Pauses(Duration.ofSeconds(30), Duration.ofMinutes(15)), now::get);
    private TestDns dns;

    @BeforeAll
    static void start(@TempDir Path folder) {
        tls = new TestTls(Engine.best(), folder);
        inClear = tls.client(ClientLevel.NONE);
        required = tls.client(ClientLevel.REQUIRE);
    }

    @BeforeEach
    void startDns() throws Exception {
        dns = new TestDns()
                .with(
                        "example.org. 60 IN MX 10 one.example.net.",
                        "example.org. 60 IN MX 20 two.example.net.",
                        "one.example.net. 60 IN A 127.0.0.2",
                        "two.example.net. 60 IN A 127.0.0.3");
    }

    @AfterEach
    void stopDns() throws Exception {
        dns.close();
    }

    @Test
    void mostPreferredServerShouldGetTheMail() throws Exception {
        try (ScriptedServer one = server(2, 0, TAKES)) {
            assertThat(send(one.port()).nextHop()).hasToString("one.example.net:" + one.port());
        }
    }

    @Test
    void serverWithoutAWelcomeShouldBeLeftForTheNext() throws Exception {
        for (String welcome : List.of(
                "S: 554 5.3.2 Not here",
                "S: 421 4.3.2 Later",
                "S: 220 mx\nC: EHLO gateway.example.org\nS: 502 What?\nC: HELO gateway.example.org\nS: 550 Go away",
                "HANG UP")) {
            dead.clear();
            try (ScriptedServer one = server(2, 0, welcome);
                    ScriptedServer two = server(3, one.port(), TAKES)) {
                assertThat(send(one.port()).nextHop().host()).isEqualTo("two.example.net");
                assertThat(two.sessions()).isEqualTo(1);
            }
        }
    }

    @Test
    void serverWithoutTlsThatIsDemandedShouldBeLeftForTheNext() throws Exception {
        String over =
                """
                S: 220 mx
                C: EHLO gateway.example.org
                S: 250-mx
                S: 250 STARTTLS
                C: STARTTLS
                S: 220 Go ahead
                TLS
                """
                        + TAKES.substring(TAKES.indexOf("C: EHLO"));
        String without = "S: 220 mx\nC: EHLO gateway.example.org\nS: 250 mx";
        try (ScriptedServer one = server(2, 0, without);
                ScriptedServer two = server(3, one.port(), over)) {
            assertThat(send(client(required, one.port())).tls()).isPresent();
            assertThat(two.sessions()).isEqualTo(1);
            assertThat(dead.size()).as("failed TLS is no dead host").isZero();
        }
    }

    @Test
    void replyToTheMessageShouldBeTheOutcome() throws Exception {
        String refuses =
                """
                S: 220 mx
                C: EHLO gateway.example.org
                S: 250 mx
                C: MAIL FROM:<a@example.org>
                S: 550 5.7.1 Not from you
                """;
        try (ScriptedServer one = server(2, 0, refuses)) {
            assertThat(fail(one.port()))
                    .hasMessageContaining("one.example.net:")
                    .hasMessageContaining("5.7.1 Not");
        }
    }

    @Test
    void deadServerShouldBePassedOverForAGrowingPause() throws Exception {
        try (ScriptedServer two = server(3, 0, TAKES, TAKES, TAKES)) {
            InetSocketAddress one = new InetSocketAddress(InetAddress.getByName("127.0.0.2"), two.port());
            Client client = client(inClear, two.port());
            send(client);
            assertThat(dead.admit(one).pause()).contains(Duration.ofSeconds(30));
            now.addAndGet(Duration.ofSeconds(31).toNanos());
            send(client);
            assertThat(dead.admit(one).pause()).contains(Duration.ofSeconds(60));
            // No second failure is counted while it is passed over.
            send(client);
            assertThat(dead.admit(one).pause()).contains(Duration.ofSeconds(60));
        }
    }

    @Test
    void onlyDeadServersShouldBeToldAtOnce() throws Exception {
        assertThat(fail(unusedPort()).reply().enhancedStatus()).isEqualTo("4.4.1");
        assertThat(fail(unusedPort()).isTemporary()).isTrue();
    }

    @Test
    void namesShouldDecideWhatBecomesOfTheMail() throws Exception {
        dns.with(
                "null.example. 60 IN MX 0 .",
                "bare.example. 60 IN TXT \"no address\"",
                "broken.example. 60 IN MX 10 lost.example.");
        dns.failing("MX sick.example", Rcode.SERVFAIL);
        expect("nowhere.example", 554, "5.1.2");
        expect("null.example", 556, "5.1.10");
        expect("bare.example", 554, "5.1.2");
        expect("broken.example", 554, "5.4.4");
        assertThat(expect("sick.example", 451, "4.4.3").tlsFailure()).contains(TlsFailure.DNS);
    }

    @Test
    void serverWhoseAddressCannotBeLookedUpShouldKeepTheMessage() throws Exception {
        dns.with("part.example. 60 IN MX 10 sick.example.", "part.example. 60 IN MX 20 gone.example.");
        dns.failing("A sick.example", Rcode.SERVFAIL);
        expect("part.example", 451, "4.4.3");
    }

    @Test
    void thisGatewayAndAllBehindItShouldBeLeftOut() throws Exception {
        dns.with(
                "loop.example. 60 IN MX 10 one.example.net.",
                "loop.example. 60 IN MX 20 gateway.example.org.",
                "loop.example. 60 IN MX 20 three.example.net.",
                "loop.example. 60 IN MX 30 two.example.net.",
                "three.example.net. 60 IN A 127.0.0.4",
                "gateway.example.org. 60 IN A 127.0.0.5",
                "self.example. 60 IN MX 10 gateway.example.org.",
                "address.example. 60 IN MX 10 three.example.net.");
        expect("self.example", 554, "5.4.6");
        try (ScriptedServer two = server(3, 0);
                ScriptedServer three = server(4, two.port())) {
            MailDeliveryException failure = catchThrowableOfType(
                    MailDeliveryException.class, () -> send(client(inClear, two.port()), "loop.example"));
            assertThat(failure.reply().enhancedStatus()).isEqualTo("4.4.1");
            assertThat(failure).hasMessageContaining("one.example.net");
            assertThat(three.sessions() + two.sessions()).isZero();
        }
    }

    @Test
    void serverAtOurOwnAddressAndPortShouldBeThisGateway() throws Exception {
        var here = new InetSocketAddress("127.0.0.2", 2525);
        Servers servers = clients.servers(List.of(dns.address()), 2525, List.of(here));
        Client client = clients.client(always(inClear), TestClients.PATIENT, servers, dead);
        MailDeliveryException byMx = catchThrowableOfType(MailDeliveryException.class, () -> send(client));
        assertThat(byMx.reply().enhancedStatus()).isEqualTo("5.4.6");
        MailDeliveryException configured =
                catchThrowableOfType(MailDeliveryException.class, () -> client.connection(NextHop.of("127.0.0.2", 2525))
                        .send(ENVELOPE, CONTENT));
        assertThat(configured.reply().enhancedStatus()).isEqualTo("5.4.6");
    }

    @Test
    void noMoreThanFiveServersShouldBeTried() throws Exception {
        for (int i = 1; i <= 6; i++) {
            dns.with(
                    "many.example. 60 IN MX " + i + " m" + i + ".example.", "m" + i + ".example. 60 IN A 127.0.1." + i);
        }
        Client client = client(inClear, unusedPort());
        catchThrowableOfType(MailDeliveryException.class, () -> send(client, "many.example"));
        assertThat(dead.size()).isEqualTo(5);
    }

    private MailDeliveryException expect(String domain, int code, String status) throws Exception {
        MailDeliveryException failure =
                catchThrowableOfType(MailDeliveryException.class, () -> send(client(inClear, unusedPort()), domain));
        assertThat(failure).as(domain).isNotNull();
        assertThat(failure.reply().code()).as(domain).isEqualTo(code);
        assertThat(failure.reply().enhancedStatus()).as(domain).isEqualTo(status);
        return failure;
    }

    private static int unusedPort() throws Exception {
        try (var socket = new java.net.ServerSocket(0, 1, InetAddress.getByName("127.0.0.9"))) {
            return socket.getLocalPort();
        }
    }

    private static ScriptedServer server(int last, int port, String... transcripts) throws Exception {
        return new ScriptedServer(tls.server(), List.of(transcripts), InetAddress.getByName("127.0.0." + last), port);
    }

    private Client client(ClientTls settings, int mxPort) {
        Servers servers = clients.servers(List.of(dns.address()), mxPort, List.of());
        return clients.client(always(settings), TestClients.PATIENT, servers, dead);
    }

    private static Directions always(ClientTls settings) {
        return new Directions() {
            @Override
            public NextHop effective(NextHop asked) {
                return asked;
            }

            @Override
            public Decision decide(NextHop effective) {
                return new Decision(Optional.empty(), Optional.empty(), settings);
            }
        };
    }

    private Receipt send(int mxPort) throws MailDeliveryException {
        return send(client(inClear, mxPort));
    }

    private static Receipt send(Client client) throws MailDeliveryException {
        return send(client, "example.org");
    }

    private static Receipt send(Client client, String domain) throws MailDeliveryException {
        try (Connection connection = client.connection(NextHop.forDomain(domain))) {
            return connection.send(ENVELOPE, CONTENT);
        }
    }

    private MailDeliveryException fail(int mxPort) {
        return catchThrowableOfType(MailDeliveryException.class, () -> send(mxPort));
    }
}
