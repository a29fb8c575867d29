package org.postern.test.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.JMException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postern.test.Authority;
import org.postern.test.ForeignServer;
import org.postern.test.Mail;
import org.postern.test.Management;
import org.postern.test.Waiting;
import org.postern.test.application.TestApplicationMXBean;

/** The container's pool of connections, which has room for five. */
@ExtendWith(ArquillianExtension.class)
class PoolIT {

    private static final Authority TRUSTED = new Authority("Trusted by the adapter");
    private static final int POOL = 5;
    private static final int SENDERS = 200;
    private static final int NEXT_HOPS = 20;

    /** Payara's pool may throw away a connection that is given back while it looks for one, and open another. */
    private static final int FEW_CONNECTIONS = SENDERS / 5;

    /** Much less than a pool lets anyone wait for a connection, which are 60 seconds. */
    private static final int SOON_SECONDS = 20;

    /** Where those are who wait for a connection of Payara's pool. */
    private static final String GET_RESOURCE = "com.sun.enterprise.resource.pool.ConnectionPool.getResource";

    private final byte[] content = Mail.withSubject(Mail.subject());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Management management;
    private TestApplicationMXBean application;

    @Deployment(testable = false)
    static WebArchive application() {
        return Deployments.applicationWhereIsTrusted(TRUSTED);
    }

    @BeforeEach
    void connect() throws IOException, JMException {
        management = Deployments.management();
        application = management.bean("TestApplication", TestApplicationMXBean.class);
    }

    @AfterEach
    void disconnect() throws IOException, JMException {
        management.invoke("Policies", "resetToConfigured");
        management.close();
        threads.shutdownNow();
    }

    @Test
    void messagesInTurnShouldGoOverOneConnection() {
        try (ForeignServer server = server()) {
            for (int i = 0; i < 20; i++) {
                assertSent(send(server.nextHop()));
            }
            assertThat(server.taken()).hasSize(20);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void changedPolicyShouldHoldFromTheNextMessageOn() throws Exception {
        try (ForeignServer server = server()) {
            String nextHop = server.nextHopByName();
            assertThat(send(nextHop)).containsEntry("verification", "NOT_CHECKED");
            management.invoke("Policies", "setPolicy", "localhost", "REQUIRE_AND_VERIFY");
            assertThat(send(nextHop)).containsEntry("verification", "VERIFIED");
            assertThat(server.connections()).isEqualTo(2);
            management.set("Policy,name=localhost", "VerifyNames", "elsewhere.example");
            assertThat(send(nextHop)).containsEntry("tlsFailure", "NAME_MISMATCH");
            management.invoke("Policies", "setPolicy", "localhost", "NONE");
            assertThat(send(nextHop)).doesNotContainKey("protocol").containsEntry("complete", "true");
            management.invoke("Policies", "removePolicy", "localhost");
            assertThat(send(nextHop)).containsEntry("verification", "NOT_CHECKED");
            assertThat(server.taken())
                    .extracting(ForeignServer.Taken::withTls)
                    .containsExactly(true, true, false, true);
        }
    }

    @Test
    void manySendersShouldShareThePool() throws Exception {
        try (ForeignServer server = server()) {
            for (Future<Map<String, String>> sent : start(Collections.nCopies(SENDERS, server.nextHop()))) {
                assertSent(sent.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS));
            }
            assertThat(server.taken()).hasSize(SENDERS);
            assertAllOfThePoolIsThere(server);
            assertThat(server.connections()).isBetween(POOL, FEW_CONNECTIONS);
        }
    }

    /** Others than the one that a message has just gone to. */
    @Test
    void manyNextHopsInTurnShouldEachGetAConnection() throws Exception {
        List<ForeignServer> servers = servers();
        try {
            for (int round = 0; round < 3; round++) {
                for (ForeignServer server : servers) {
                    assertSent(soon(threads.submit(() -> send(server.nextHop()))));
                }
            }
            assertThat(servers).allSatisfy(server -> assertThat(server.taken()).hasSize(3));
        } finally {
            servers.forEach(ForeignServer::close);
        }
    }

    @Test
    void manyNextHopsAtOnceShouldNotStarveOneAnother() throws Exception {
        List<ForeignServer> servers = servers();
        // One that does not speak: nobody ever accepts its connections. And one that is not there.
        ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        gone.close();
        try (silent) {
            Future<Map<String, String>> stalled = threads.submit(() -> send("127.0.0.1:" + silent.getLocalPort()));
            for (int round = 0; round < 10; round++) {
                List<String> nextHops = new ArrayList<>(servers.stream()
                        .flatMap(server -> Stream.of(server.nextHop(), server.nextHop()))
                        .toList());
                Collections.shuffle(nextHops);
                Future<Map<String, String>> dead = threads.submit(() -> send("127.0.0.1:" + gone.getLocalPort()));
                for (Future<Map<String, String>> sent : start(nextHops)) {
                    assertSent(soon(sent));
                }
                assertThat(soon(dead)).containsEntry("temporary", "true");
            }
            assertThat(stalled).isNotDone();
            silent.close();
            assertThat(soon(stalled)).containsEntry("temporary", "true");
            assertThat(servers).allSatisfy(server -> assertThat(server.taken()).hasSize(20));
            assertAllOfThePoolIsThere(servers.get(0));
        } finally {
            servers.forEach(ForeignServer::close);
        }
    }

    /** Those who wait for its greeting hold all that there is, until all but one of them give way. */
    @Test
    void silentHostShouldNotKeepThePool() throws Exception {
        List<Socket> accepted = new ArrayList<>();
        try (ForeignServer server = server();
                ServerSocket silent = new ServerSocket(0, POOL, InetAddress.getByName("127.0.0.1"))) {
            silent.setSoTimeout((int) Waiting.PATIENCE.toMillis());
            List<Future<Map<String, String>>> stalled = new ArrayList<>();
            takeAllOfThePool(i -> {
                stalled.addAll(start(List.of("127.0.0.1:" + silent.getLocalPort())));
                accepted.add(silent.accept());
            });
            assertSent(soon(threads.submit(() -> send(server.nextHop()))));
            Waiting.until(
                    "all but one have given way",
                    () -> stalled.stream().filter(Future::isDone).count() == POOL - 1);
            for (Socket socket : accepted) {
                socket.close();
            }
            for (Future<Map<String, String>> sent : stalled) {
                assertThat(soon(sent)).containsEntry("temporary", "true");
            }
            assertAllOfThePoolIsThere(server);
        } finally {
            for (Socket socket : accepted) {
                socket.close();
            }
        }
    }

    /** Nobody is given back what they wait for, but for connections that have just been lost. */
    @Test
    void serverThatLeavesInTheMiddleOfMessagesShouldNotKeepOthersWaiting() throws Exception {
        try (ForeignServer leaving = server();
                ForeignServer server = server()) {
            leaving.hold();
            List<Future<Map<String, String>>> lost = new ArrayList<>();
            takeAllOfThePool(i -> {
                lost.addAll(start(List.of(leaving.nextHop())));
                Waiting.until("it has the connection", () -> leaving.held() == i);
            });
            List<Future<Map<String, String>>> waiting = start(Collections.nCopies(4 * POOL, server.nextHop()));
            Waiting.until("all others wait for the pool", () -> management.threadsIn(GET_RESOURCE) == 4 * POOL);
            leaving.hangUp();
            // All of them together, not each.
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
            for (Future<Map<String, String>> sent : lost) {
                assertThat(by(end, sent)).containsEntry("temporary", "true");
            }
            for (Future<Map<String, String>> sent : waiting) {
                assertSent(by(end, sent));
            }
            leaving.release();
            assertThat(leaving.taken()).isEmpty();
            for (Future<Map<String, String>> sent : start(Collections.nCopies(4 * POOL, leaving.nextHop()))) {
                assertSent(soon(sent));
            }
        }
    }

    /** Takes one of its connections. */
    private interface Take {
        void take(int number) throws Exception;
    }

    /** One after another: of those who ask at once for room that others' connections take up, Payara may let one wait. */
    private static void takeAllOfThePool(Take one) throws Exception {
        for (int i = 1; i <= POOL; i++) {
            one.take(i);
        }
    }

    /** As many as there is room for send at once, and one more does not. */
    private void assertAllOfThePoolIsThere(ForeignServer server) throws Exception {
        server.hold();
        List<Future<Map<String, String>>> sending = new ArrayList<>();
        takeAllOfThePool(i -> {
            sending.addAll(start(List.of(server.nextHop())));
            Waiting.until("it has a connection", () -> server.held() == i);
        });
        sending.addAll(start(List.of(server.nextHop())));
        Waiting.until("one more waits", () -> management.threadsIn(GET_RESOURCE) == 1);
        server.release();
        for (Future<Map<String, String>> sent : sending) {
            assertSent(soon(sent));
        }
        assertThat(server.mostAtOnce()).isEqualTo(POOL);
    }

    private List<Future<Map<String, String>>> start(List<String> nextHops) {
        List<Callable<Map<String, String>>> calls = nextHops.stream()
                .<Callable<Map<String, String>>>map(nextHop -> () -> send(nextHop))
                .toList();
        return calls.stream().map(threads::submit).toList();
    }

    private static Map<String, String> by(long end, Future<Map<String, String>> sent) throws Exception {
        return sent.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private static Map<String, String> soon(Future<Map<String, String>> sent) throws Exception {
        return sent.get(SOON_SECONDS, TimeUnit.SECONDS);
    }

    private Map<String, String> send(String nextHop) {
        return application.send(nextHop, "sender@example.org", new String[] {"to@example.com"}, content);
    }

    private static void assertSent(Map<String, String> sent) {
        assertThat(sent).containsEntry("complete", "true").containsEntry("protocol", "TLSv1.3");
    }

    private static ForeignServer server() {
        return ForeignServer.withStarttls(TRUSTED.serverAtLocalhost());
    }

    private static List<ForeignServer> servers() {
        return Stream.generate(PoolIT::server).limit(NEXT_HOPS).toList();
    }
}
