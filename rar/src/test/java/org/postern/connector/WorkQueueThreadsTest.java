package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postern.container.Container;

/** How many threads a queue asks the container for. */
class WorkQueueThreadsTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
                @Override
                public void execute(Runnable work) {
                    if (refused.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new RejectedExecutionException("The container has no thread.");
                    }
                    if (lost.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                        super.execute(work);
                    }
                }
            };
    private final Container container = new Container(threads);
    private final AtomicInteger limit = new AtomicInteger(4);
    private final AtomicLong nanoTime = new AtomicLong();
    private final WorkQueue queue = new WorkQueue(
            container, WorkQueueThreadsTest.class.getClassLoader(), limit::get, nanoTime::get, turn -> false);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() throws InterruptedException {
        gate.countDown();
        container.stop();
    }

    @Test
    void slowCallsShouldHaveAThreadEach() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            submit(() -> hold(begun));
        }
        await(begun);
        assertThat(queue.running()).isEqualTo(4);
    }

    @Test
    void callBehindAShortOneShouldAwaitItsThread() throws InterruptedException {
        callsAreShort();
        CountDownLatch begun = new CountDownLatch(1);
        submit(() -> hold(begun));
        await(begun);
        long asked = threads.getTaskCount();
        CountDownLatch made = new CountDownLatch(1);
        submit(made::countDown);
        assertThat(threads.getTaskCount()).isEqualTo(asked);
        gate.countDown();
        await(made);
        assertThat(threads.getTaskCount()).isEqualTo(asked);
    }

    @Test
    void manyCallsShouldHaveMoreThreadsHoweverShort() throws InterruptedException {
        callsAreShort();
        // Not short enough for so many.
        callsTake(Duration.ofNanos(20_000), 100);
        CountDownLatch begun = new CountDownLatch(2);
        submit(() -> hold(begun));
        for (int i = 0; i < 20; i++) {
            submit(() -> hold(begun));
        }
        await(begun);
    }

    @Test
    void callBehindOneThatTurnsOutSlowShouldGetAnotherThreadInTheEnd() throws InterruptedException {
        callsAreShort();
        CountDownLatch begun = new CountDownLatch(1);
        submit(() -> hold(begun));
        await(begun);
        CountDownLatch made = new CountDownLatch(1);
        submit(made::countDown);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        queue.sweep();
        await(made);
        assertThat(queue.running()).isEqualTo(1);
    }

    @Test
    void callBesideAStuckOneShouldNotAwaitAThreadThatHasLeft() throws InterruptedException {
        callsAreShort();
        CountDownLatch begun = new CountDownLatch(1);
        submit(() -> hold(begun));
        await(begun);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        for (int i = 0; i < 2; i++) {
            CountDownLatch made = new CountDownLatch(1);
            submit(made::countDown);
            await(made);
            while (queue.running() > 1) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void callThatTheContainerRefusesAThreadForShouldWaitAndBeMadeLater() throws InterruptedException {
        refused.set(1);
        CountDownLatch made = new CountDownLatch(1);
        submit(made::countDown);
        queue.sweep();
        assertThat(queue.waiting()).isEqualTo(1);
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        queue.sweep();
        await(made);
    }

    @Test
    void threadShouldBeGivenBackNowAndThen() throws InterruptedException {
        limit.set(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(128);
        submit(() -> hold(begun));
        await(begun);
        for (int i = 0; i < 128; i++) {
            submit(made::countDown);
        }
        gate.countDown();
        await(made);
        assertThat(threads.getTaskCount()).isEqualTo(3);
    }

    @Test
    void callThatFindsNoBeanShouldNotHoldUpOthers() throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch triedTwice = new CountDownLatch(2);
        WorkQueue.Call withoutBean = new WorkQueue.Call() {
            @Override
            public void run() throws UnavailableException {
                triedTwice.countDown();
                if (tries.getAndIncrement() == 0) {
                    throw new UnavailableException("The pool is exhausted.");
                }
                order.add("found one in the end");
            }

            @Override
            public void giveUp() {
                throw new AssertionError("given up");
            }
        };
        queue.submit(withoutBean, WAIT);
        while (tries.get() == 0 || queue.running() > 0) {
            Thread.onSpinWait();
        }
        assertThat(queue.waiting()).isEqualTo(1);
        // It is not tried again by those that come, but when one of them has been made.
        CountDownLatch made = new CountDownLatch(1);
        submit(() -> {
            order.add("other");
            made.countDown();
        });
        await(made);
        await(triedTwice);
        assertThat(queue.close(Duration.ofSeconds(10))).isTrue();
        assertThat(order).containsExactly("other", "found one in the end");
    }

    @Test
    void workThatTheContainerLostShouldBeAskedForAgain() throws InterruptedException {
        lost.set(1);
        CountDownLatch made = new CountDownLatch(1);
        submit(made::countDown);
        queue.sweep();
        assertThat(threads.getTaskCount()).isZero();
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
        queue.sweep();
        await(made);
    }

    /** As this clock stands still, calls that end take no time. */
    private void callsAreShort() throws InterruptedException {
        callsTake(Duration.ZERO, 200);
    }

    private void callsTake(Duration time, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            CountDownLatch made = new CountDownLatch(1);
            submit(() -> {
                nanoTime.addAndGet(time.toNanos());
                made.countDown();
            });
            await(made);
            while (queue.running() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void submit(Runnable call) {
        queue.submit(TestCall.of(call), WAIT);
    }

    private void hold(CountDownLatch begun) {
        begun.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
