package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postern.container.Container;

class WorkQueueTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final Container container = new Container(4);
    private final AtomicLong nanoTime = new AtomicLong();
    private final WorkQueue queue =
            new WorkQueue(container, WorkQueueTest.class.getClassLoader(), () -> 2, nanoTime::get, turn -> false);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() throws InterruptedException {
        gate.countDown();
        container.stop();
    }

    @Test
    void noMoreCallsThanAllowedShouldBeMadeAtOnce() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            queue.submit(
                    new TestCall(
                            () -> {
                                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                Thread.yield();
                                now.decrementAndGet();
                                done.countDown();
                            },
                            () -> {}),
                    WAIT);
        }
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void callThatWaitsTooLongShouldBeGivenUpAndNotBeMade() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            queue.submit(new TestCall(() -> await(busy), () -> {}), WAIT);
        }
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
        List<String> told = new ArrayList<>();
        queue.submit(new TestCall(() -> told.add("made"), () -> told.add("given up")), WAIT);
        nanoTime.addAndGet(WAIT.toNanos() - 1);
        queue.sweep();
        assertThat(told).isEmpty();
        nanoTime.addAndGet(1);
        queue.sweep();
        gate.countDown();
        assertThat(queue.close(Duration.ofSeconds(10))).isTrue();
        assertThat(told).containsExactly("given up");
    }

    @Test
    void callThatTheContainerHasNoThreadForShouldBeGivenUp() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            container.scheduleWork(new TestWork(() -> await(busy)));
        }
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
        List<String> told = new ArrayList<>();
        queue.submit(new TestCall(() -> told.add("made"), () -> told.add("given up")), WAIT);
        nanoTime.addAndGet(WAIT.toNanos());
        queue.sweep();
        assertThat(told).containsExactly("given up");
        gate.countDown();
        assertThat(queue.close(Duration.ofSeconds(10))).isTrue();
        assertThat(told).containsExactly("given up");
    }

    @Test
    void callThatFoundNoBeanShouldBeMadeAgain() throws InterruptedException {
        Queue<Boolean> available = new ArrayDeque<>(List.of(false, false, true));
        CountDownLatch tried = new CountDownLatch(2);
        CountDownLatch made = new CountDownLatch(1);
        queue.submit(
                new WorkQueue.Call() {
                    @Override
                    public void run() throws UnavailableException {
                        tried.countDown();
                        if (!available.remove()) {
                            throw new UnavailableException("The pool is exhausted.");
                        }
                        made.countDown();
                    }

                    @Override
                    public void giveUp() {
                        throw new AssertionError("given up");
                    }
                },
                WAIT);
        while (!made.await(5, TimeUnit.MILLISECONDS)) {
            queue.sweep();
        }
        assertThat(tried.getCount()).isZero();
    }

    @Test
    void failingCallShouldBeGivenUpSoThatItsSessionGoesOn() throws InterruptedException {
        CountDownLatch givenUp = new CountDownLatch(1);
        queue.submit(
                new TestCall(
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        givenUp::countDown),
                WAIT);
        assertThat(givenUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closedQueueShouldGiveUpAllThatWaits() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(2);
        AtomicInteger givenUp = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            queue.submit(new TestCall(() -> await(busy), givenUp::incrementAndGet), WAIT);
        }
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
        gate.countDown();
        assertThat(queue.close(Duration.ofSeconds(10))).isTrue();
        queue.submit(new TestCall(() -> {}, givenUp::incrementAndGet), WAIT);
        assertThat(givenUp.get()).isBetween(1, 4);
        assertThat(queue.waiting()).isZero();
    }

    private void await(CountDownLatch started) {
        started.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record TestWork(Runnable task) implements jakarta.resource.spi.work.Work {

        @Override
        public void run() {
            task.run();
        }

        @Override
        public void release() {
            // Ends by itself.
        }
    }
}
