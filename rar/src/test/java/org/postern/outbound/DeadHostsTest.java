package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.Envelope;
import org.postern.MailContent;
import org.postern.MailDeliveryException;
import org.postern.NextHop;
import org.postern.tls.ClientLevel;
import org.postern.tls.ClientTls;
import org.postern.tls.Engine;

class DeadHostsTest {

    private static final InetSocketAddress HOST = InetSocketAddress.createUnresolved("mx.example.org", 25);
    private static final Duration FIRST = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - FIRST.toNanos());
    private final DeadHosts dead = new DeadHosts(() -> new DeadHosts.Pauses(FIRST, Duration.ofMinutes(2)), now::get);

    @Test
    void pauseShouldDoubleWithEachFailureInARow() {
        assertThat(dead.admit(HOST).pause()).isEmpty();
        dead.failed(HOST);
        for (int seconds : new int[] {30, 60, 120, 120}) {
            assertThat(dead.admit(HOST).pause()).contains(Duration.ofSeconds(seconds));
            pass(seconds);
            assertThat(dead.admit(HOST).pause()).isEmpty();
            dead.failed(HOST);
        }
        dead.alive(HOST);
        assertThat(dead.admit(HOST).pause()).isEmpty();
        dead.failed(HOST);
        assertThat(dead.admit(HOST).pause()).contains(FIRST);
    }

    @Test
    void failuresOfManyWhoTriedAtOnceShouldBeOne() {
        for (int i = 0; i < 32; i++) {
            assertThat(dead.admit(HOST).pause()).isEmpty();
        }
        for (int i = 0; i < 32; i++) {
            dead.failed(HOST);
        }
        assertThat(dead.admit(HOST).pause()).contains(FIRST);
    }

    @Test
    void afterThePauseOneShouldTryWhileTheOthersPassItOver() {
        dead.failed(HOST);
        pass(30);
        assertThat(dead.admit(HOST).pause()).as("the one who tries").isEmpty();
        assertThat(dead.admit(HOST).pause()).as("another").contains(FIRST);
        dead.alive(HOST);
        assertThat(dead.admit(HOST).pause()).isEmpty();
        assertThat(dead.admit(HOST).pause()).isEmpty();
    }

    /** It may have been interrupted. */
    @Test
    void trialOfWhichNothingIsHeardShouldBeFollowedByAnother() {
        dead.failed(HOST);
        pass(30);
        assertThat(dead.admit(HOST).pause()).isEmpty();
        pass(29);
        assertThat(dead.admit(HOST).pause()).contains(Duration.ofSeconds(1));
        pass(1);
        assertThat(dead.admit(HOST).pause()).isEmpty();
        assertThat(dead.admit(HOST).pause()).contains(FIRST);
    }

    @Test
    void trialThatIsGivenBackShouldGoToTheNextWithoutCountingAsAFailure() {
        dead.failed(HOST);
        pass(30);
        assertThat(dead.admit(HOST).isTrial()).isTrue();
        dead.giveBack(HOST);
        assertThat(dead.admit(HOST).isTrial()).as("the next").isTrue();
        assertThat(dead.admit(HOST).pause()).as("the one after it").contains(FIRST);
        dead.failed(HOST);
        dead.giveBack(HOST);
        assertThat(dead.admit(HOST).pause())
                .as("there is no trial now that could be given back")
                .contains(Duration.ofSeconds(60));
    }

    @Test
    void withoutAPauseNothingShouldBePassedOver() {
        DeadHosts never = new DeadHosts(() -> TestClients.NEVER, now::get);
        never.failed(HOST);
        assertThat(never.admit(HOST).pause()).isEmpty();
        assertThat(never.size()).isZero();
    }

    @Test
    void sendersToAServerOnTrialShouldNotWaitForIt(@TempDir Path folder) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (TestClients clients = new TestClients();
                TestTls tls = new TestTls(Engine.best(), folder);
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            ClientTls settings = tls.client(ClientLevel.ATTEMPT);
            var directions = new TestClients.Plain(() -> settings);
            Client client = clients.client(directions, TestClients.PATIENT, List.of(), dead);
            NextHop hop = NextHop.of("127.0.0.1", silent.getLocalPort());
            dead.failed((InetSocketAddress) silent.getLocalSocketAddress());
            pass(30);
            Future<MailDeliveryException> trial = threads.submit(() -> failure(client, hop));
            try (Socket tried = silent.accept()) {
                for (int i = 0; i < 5; i++) {
                    assertThat(failure(client, hop)).hasMessageContaining("it is tried again in 30 seconds");
                }
                assertThat(tried.isConnected()).isTrue();
                assertThat(trial).isNotDone();
            }
            assertThat(trial.get(10, TimeUnit.SECONDS)).hasMessageContaining("did not greet");
            assertThat(failure(client, hop)).hasMessageContaining("it is tried again in 60 seconds");
        } finally {
            threads.shutdownNow();
        }
    }

    private static MailDeliveryException failure(Client client, NextHop hop) {
        return catchThrowableOfType(MailDeliveryException.class, () -> {
            try (Connection connection = client.connection(hop)) {
                connection.send(
                        Envelope.of("a@example.org", "b@example.org"),
                        MailContent.of("x\r\n".getBytes(StandardCharsets.US_ASCII)));
            }
        });
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
