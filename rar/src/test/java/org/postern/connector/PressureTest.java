package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.work.Work;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postern.InboundMail;
import org.postern.container.Bean;
import org.postern.container.TestClient;

/** The whole adapter when beans, threads or peers press it. */
@Timeout(120)
class PressureTest {

    private static final String EVENT_LOOP = "(Postern event loop)";

    @TempDir
    Path folder;

    private final CountDownLatch goOn = new CountDownLatch(1);
    private DeployedAdapter deployed;

    @BeforeEach
    void configure() {
        deployed = new DeployedAdapter(folder);
    }

    @AfterEach
    void stop() throws Exception {
        goOn.countDown();
        deployed.close();
    }

    @Test
    void exhaustedThreadsOfTheContainerShouldBeWaitedForAndThenTold() throws Exception {
        deployed.adapter.setDeliveryWait("2s");
        deployed.serve(mail -> {});
        for (int i = 0; i < DeployedAdapter.THREADS; i++) {
            deployed.container.scheduleWork(new Occupation(goOn));
        }
        assertThat(deployed.send("joe@localhost")).startsWith("451 4.3.2");
        assertThat(deployed.send("joe@localhost")).startsWith("451 4.3.2");
        expectFigures(0, 2);
        assertThat(deployed.figures("LimitsReachedBySetting")).containsExactly("deliveryWait: 2");
        goOn.countDown();
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void exhaustedPoolShouldBeWaitedForAndThenTold() throws Exception {
        deployed.adapter.setDeliveryWait("2s");
        Bean bean = deployed.serve(mail -> {});
        bean.free(0);
        assertThat(deployed.send("joe@localhost")).startsWith("451 4.3.2");
        expectFigures(0, 1);
        bean.free(1);
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void stuckBeanShouldBeTurnedIntoAReplyAndTheListenerGoOn() throws Exception {
        deployed.adapter.setDeliveryTimeout("1s");
        deployed.serve(mail -> {
            if (isStuck(mail)) {
                DeployedAdapter.await(goOn);
            }
        });
        assertThat(deployed.send("stuck@localhost")).startsWith("451 4.3.2");
        expectFigures(0, 1);
        assertThat(deployed.figures("LimitsReachedBySetting")).contains("deliveryTimeout: 1");
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void stuckBeansThatAreAsManyAsMayBeShouldBeToldToOthersUntilTheyGoOn() throws Exception {
        deployed.adapter.setDeliveriesAtOnce("2");
        deployed.adapter.setDeliveryWait("1s");
        BlockingQueue<String> begun = new LinkedBlockingQueue<>();
        deployed.serve(mail -> {
            begun.add(mail.id());
            if (isStuck(mail)) {
                DeployedAdapter.await(goOn);
            }
        });
        try (TestClient first = stuck();
                TestClient second = stuck()) {
            assertThat(begun.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(begun.poll(20, TimeUnit.SECONDS)).isNotNull();
            for (int i = 0; i < 3; i++) {
                assertThat(deployed.send("joe@localhost")).startsWith("451 4.3.2");
            }
            assertThat(begun).isEmpty();
            expectFigures(0, 3);
            try (TestClient other = deployed.greet()) {
                assertThat(other.ask("EHLO other.example")).startsWith("250 ");
                assertThat(other.ask("QUIT")).startsWith("221 ");
            }
            goOn.countDown();
            assertThat(first.reply()).startsWith("250 2.0.0");
            assertThat(second.reply()).startsWith("250 2.0.0");
        }
        expectFigures(2, 3);
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void beanThatGetsStuckInTheThreadOfAnEventLoopShouldNotStopTheLoop() throws Exception {
        deployed.adapter.setDeliveryTimeout("1s");
        BlockingQueue<String> threads = serveTellingThreads();
        int before;
        try (TestClient kept = deployed.greet()) {
            before = deliverUntilALoopDoes(kept, threads);
            assertThat(deliver(kept, "stuck@localhost")).startsWith("451 4.3.2");
            assertThat(threads.take()).endsWith(EVENT_LOOP);
            assertThat(kept.ask("NOOP")).startsWith("250");
            assertThat(deliver(kept, "joe@localhost")).startsWith("250 2.0.0");
            assertThat(threads.take()).doesNotEndWith(EVENT_LOOP);
        }
        expectFigures(before + 1, 1);
        deployed.expectHonestMailToBeTaken();
    }

    @Test
    void adapterShouldStopAndFreeItsPortThoughABeanKeepsTheThreadOfAnEventLoop() throws Exception {
        deployed.adapter.setStopPatience("1s");
        BlockingQueue<String> threads = serveTellingThreads();
        int port = (int) deployed.attribute("Listener,name=smtp", "Port");
        try (TestClient kept = deployed.greet()) {
            deliverUntilALoopDoes(kept, threads);
            assertThat(kept.envelope("stuck@localhost")).startsWith("354 ");
            kept.send("text\r\n.\r\n");
            assertThat(threads.take()).endsWith(EVENT_LOOP);
            long begun = System.nanoTime();
            deployed.adapter.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(25));
            try (ServerSocket taken = new ServerSocket()) {
                taken.bind(new InetSocketAddress("127.0.0.1", port));
                assertThat(taken.isBound()).isTrue();
            }
        }
    }

    /** Serves with one loop. {@return what threads the bean is called on} */
    private BlockingQueue<String> serveTellingThreads() throws Exception {
        deployed.adapter.setEventLoops("1");
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        deployed.serve(mail -> {
            threads.add(Thread.currentThread().getName());
            if (isStuck(mail)) {
                DeployedAdapter.await(goOn);
            }
        });
        return threads;
    }

    /** Many short deliveries, until the thread of an event loop makes them. {@return how many} */
    private static int deliverUntilALoopDoes(TestClient client, BlockingQueue<String> threads) throws Exception {
        int delivered = 0;
        do {
            delivered++;
            assertThat(deliver(client, "joe@localhost")).startsWith("250 2.0.0");
        } while (!threads.take().endsWith(EVENT_LOOP));
        return delivered;
    }

    @Test
    void messageShouldNotReachTheBeanOnceItsSenderWasToldToBringItAgain() throws Exception {
        deployed.adapter.setDeliveriesAtOnce("1");
        deployed.adapter.setDeliveryTimeout("1s");
        List<String> called = new CopyOnWriteArrayList<>();
        deployed.serve(mail -> {
            called.add(mail.envelope().recipients().get(0).mailbox().localPart());
            DeployedAdapter.await(goOn);
        });
        assertThat(deployed.send("stuck@localhost")).startsWith("451 4.3.2");
        assertThat(deployed.send("waits@localhost")).startsWith("451 4.3.2");
        try (TestClient leaves = deployed.greet()) {
            leaves.envelope("leaves@localhost");
            leaves.send("text\r\n.\r\n");
            leaves.reset();
        }
        deployed.awaitAttribute("Listener,name=smtp", "Sessions", 0);
        goOn.countDown();
        assertThat(deployed.send("joe@localhost")).startsWith("250");
        assertThat(called).containsExactly("stuck", "joe");
    }

    @Test
    void limitsShouldHoldFromTheMomentTheyAreChangedAndShowTheirFigures() throws Exception {
        deployed.adapter.setTrustedNetworks("192.0.2.0/24");
        deployed.serve(mail -> {});
        deployed.set("MaxSessionsPerAddress", "1");
        try (TestClient first = deployed.greet();
                TestClient second = deployed.connect()) {
            assertThat(second.line()).startsWith("421 4.7.0");
            assertThat(first.ask("NOOP")).startsWith("250");
        }
        assertThat(deployed.figures("LimitsReachedBySetting")).containsExactly("maxSessionsPerAddress: 1");
        deployed.set("TrustedNetworks", "127.0.0.1");
        try (TestClient first = deployed.greet();
                TestClient second = deployed.greet()) {
            assertThat(first.ask("NOOP")).startsWith("250");
            assertThat(second.ask("NOOP")).startsWith("250");
            deployed.expectHonestMailToBeTaken();
        }
    }

    /** Holds a thread of the container. */
    private record Occupation(CountDownLatch goOn) implements Work {

        @Override
        public void run() {
            DeployedAdapter.await(goOn);
        }

        @Override
        public void release() {
            // It ends with the latch.
        }
    }

    private static boolean isStuck(InboundMail mail) {
        return mail.envelope().recipients().get(0).mailbox().localPart().equals("stuck");
    }

    /** A session whose message is with a bean that is stuck. */
    private TestClient stuck() throws Exception {
        TestClient client = deployed.greet();
        assertThat(client.envelope("stuck@localhost")).startsWith("354 ");
        client.send("text\r\n.\r\n");
        return client;
    }

    private static String deliver(TestClient client, String recipient) throws Exception {
        assertThat(client.envelope(recipient)).startsWith("354 ");
        client.send("text\r\n.\r\n");
        return client.reply();
    }

    private void expectFigures(long accepted, long refused) throws Exception {
        assertThat(deployed.figure("MessagesAccepted")).isEqualTo(accepted);
        assertThat(deployed.figure("MessagesRefused")).isEqualTo(refused);
        assertThat(deployed.figures("RefusalsByCode")).containsExactly("451: " + refused);
    }
}
