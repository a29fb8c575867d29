package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.dns.TestDns;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

/** Many messages for a server that does not greet. The greeting's own time-out, 20 seconds here, plays no part in it. */
class SilentHostTest {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String SENT = "sent";
    private static final Envelope ENVELOPE = Envelope.of("a@example.org", "b@example.org");
    private static final MailContent CONTENT = MailContent.of("x\r\n".getBytes(StandardCharsets.US_ASCII));

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

    private static final int SOON_SECONDS = 10;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong later = new AtomicLong();
    private final DeadHosts dead =
            new DeadHosts(() -> new DeadHosts.Pauses(Duration.ofSeconds(30), Duration.ofMinutes(15)), this::now);
    private TestClients clients;
    private TestTls tls;
    private SilentPeer peer;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        clients = new TestClients();
        tls = new TestTls(Engine.best(), folder);
        peer = new SilentPeer();
    }

    @AfterEach
    void stop() throws Exception {
        peer.close();
        tls.close();
        clients.close();
        threads.shutdownNow();
    }

    @Test
    void allButOneShouldBeFreeAfterTheLimitAndALateGreetingShouldHeal() throws Exception {
        Client client = client(SHORT, List.of());
        Future<String> oldest = send(client, hop());
        peer.awaitConnections(1);
        for (Future<String> other : burst(client, hop(), 4)) {
            assertThat(other.get(SOON_SECONDS, TimeUnit.SECONDS))
                    .startsWith("451 4.4.1")
                    .contains("has kept another opening waiting for its greeting for");
        }
        peer.awaitConnections(4);
        assertThat(soon(client, hop())).as("a new one").contains("has kept another opening waiting");
        assertThat(peer.connections()).isEqualTo(5);
        assertThat(oldest).isNotDone();
        assertThat(dead.size()).as("who gives way says nothing of the host").isZero();
        peer.speak();
        assertThat(oldest.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo(SENT);
        for (Future<String> sent : burst(client, hop(), 5)) {
            assertThat(sent.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo(SENT);
        }
        assertThat(peer.messages()).hasSize(6);
    }

    @Test
    void nextServerShouldGetTheMessagesThatDoNotWait() throws Exception {
        try (TestDns dns = new TestDns()
                        .with(
                                "example.org. 60 IN MX 10 one.example.net.",
                                "example.org. 60 IN MX 20 two.example.net.",
                                "one.example.net. 60 IN A 127.0.0.2",
                                "two.example.net. 60 IN A 127.0.0.3");
                ScriptedServer two = new ScriptedServer(
                        tls.server(),
                        List.of(TAKES, TAKES, TAKES),
                        InetAddress.getByName("127.0.0.3"),
                        peer.address().getPort())) {
            Client client = client(SHORT, List.of(dns.address()));
            NextHop domain = NextHop.forDomain("example.org");
            Future<String> oldest = send(client, domain);
            peer.awaitConnections(1);
            for (Future<String> other : burst(client, domain, 2)) {
                assertThat(other.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo(SENT);
            }
            peer.awaitConnections(2);
            assertThat(soon(client, domain)).as("a new one").isEqualTo(SENT);
            assertThat(peer.connections()).isEqualTo(3);
            assertThat(two.contents()).hasSize(3);
            assertThat(oldest).isNotDone();
        }
    }

    /** Those whose connections are not made yet, too: the system takes two for a program that takes none. */
    @Test
    void whoIsNotConnectedYetShouldGiveWayToo() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            Client client = client(SHORT, List.of());
            NextHop to = NextHop.of("127.0.0.2", full.getLocalPort());
            Future<String> oldest = send(client, to);
            try (Socket taken = full.accept()) {
                for (Future<String> other : burst(client, to, 5)) {
                    assertThat(other.get(SOON_SECONDS, TimeUnit.SECONDS)).contains("another opening");
                }
                assertThat(taken.isConnected()).isTrue();
                assertThat(oldest).isNotDone();
                assertThat(dead.size()).isZero();
            }
        }
    }

    @Test
    void slowServerThatGreetsWithinTheLimitShouldGetAll() throws Exception {
        Client client = client(LONG, List.of());
        List<Future<String>> first = burst(client, hop(), 5);
        peer.awaitConnections(5);
        later.addAndGet(LONG.dividedBy(2).toNanos());
        List<Future<String>> second = burst(client, hop(), 5);
        peer.awaitConnections(5);
        peer.speak();
        for (Future<String> sent :
                Stream.concat(first.stream(), second.stream()).toList()) {
            assertThat(sent.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo(SENT);
        }
        assertThat(peer.messages()).hasSize(10);
    }

    @Test
    void trialsOfADeadHostShouldNotPileUp() throws Exception {
        Client client = client(LONG, List.of());
        dead.failed(peer.address());
        later.addAndGet(Duration.ofSeconds(31).toNanos());
        Future<String> trial = send(client, hop());
        peer.awaitConnections(1);
        for (int pause = 0; pause < 3; pause++) {
            later.addAndGet(Duration.ofSeconds(120).toNanos());
            assertThat(soon(client, hop())).contains("another opening");
        }
        assertThat(peer.connections()).isEqualTo(1);
        peer.hangUp();
        assertThat(trial.get(SOON_SECONDS, TimeUnit.SECONDS)).contains("did not greet");
        assertThat(soon(client, hop())).contains("it is tried again in");
    }

    @Test
    void trialThatGivesWayShouldBeHadByTheNext() throws Exception {
        Client client = client(List.of(), new Openings(() -> SHORT, System::nanoTime));
        Future<String> oldest = send(client, hop());
        peer.awaitConnections(1);
        dead.failed(peer.address());
        later.addAndGet(Duration.ofSeconds(31).toNanos());
        Future<String> trial = send(client, hop());
        peer.awaitConnections(1);
        assertThat(trial.get(SOON_SECONDS, TimeUnit.SECONDS)).contains("another opening");
        assertThat(dead.admit(peer.address()).isTrial()).isTrue();
        assertThat(oldest).isNotDone();
    }

    private Client client(Duration limit, List<InetSocketAddress> nameServers) {
        return client(nameServers, new Openings(() -> limit, this::now));
    }

    private Client client(List<InetSocketAddress> nameServers, Openings openings) {
        ClientTls inClear = tls.client(ClientLevel.NONE);
        return clients.client(
                new TestClients.Plain(() -> inClear),
                TestClients.PATIENT,
                clients.servers(nameServers, peer.address().getPort(), List.of()),
                dead,
                openings);
    }

    private NextHop hop() {
        return NextHop.of("127.0.0.2", peer.address().getPort());
    }

    private List<Future<String>> burst(Client client, NextHop to, int messages) {
        return IntStream.range(0, messages).mapToObj(i -> send(client, to)).toList();
    }

    private String soon(Client client, NextHop to) throws Exception {
        return send(client, to).get(SOON_SECONDS, TimeUnit.SECONDS);
    }

    /** {@return what will become of a message: {@link #SENT}, or the reply} */
    private Future<String> send(Client client, NextHop to) {
        return threads.submit(() -> {
            try (Connection connection = client.connection(to)) {
                connection.send(ENVELOPE, CONTENT);
                return SENT;
            } catch (MailDeliveryException e) {
                return e.reply() + " " + e.getMessage();
            }
        });
    }

    private long now() {
        return System.nanoTime() + later.get();
    }
}
