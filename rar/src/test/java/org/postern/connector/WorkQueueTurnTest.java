package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postern.container.Container;
import org.postern.network.Interlude;

/** Which calls the thread of an event loop makes; this test's thread is one. */
class WorkQueueTurnTest {

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private final Container container = new Container(threads);
    private final Deque<Interlude> turns = new ArrayDeque<>();
    private final AtomicInteger limit = new AtomicInteger(4);
    private final AtomicLong nanoTime = new AtomicLong();
    private final WorkQueue queue =
            new WorkQueue(container, WorkQueueTurnTest.class.getClassLoader(), limit::get, nanoTime::get, turns::add);
    private final List<Thread> callers = new ArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        container.stop();
    }

    @Test
    void callsShouldHaveThreadsOfTheContainerUntilTheyAreKnownToBeShort() throws InterruptedException {
        callsTake(Duration.ofMillis(1), 100);
        assertThat(turns).isEmpty();
        callsTake(Duration.ZERO, 100);
        assertThat(turns).isNotEmpty();
    }

    @Test
    void shortCallShouldBeMadeInATurnOfTheLoop() throws InterruptedException {
        long asked = callsAreShort();
        submit(() -> callers.add(Thread.currentThread()));
        assertThat(callers).isEmpty();
        takeTurns();
        assertThat(callers).containsExactly(Thread.currentThread());
        assertThat(threads.getTaskCount()).isEqualTo(asked);
        assertThat(queue.running()).isZero();
    }

    @Test
    void callThatAwaitsATurnThatIsLateShouldGetAThread() throws InterruptedException {
        callsAreShort();
        CountDownLatch made = new CountDownLatch(1);
        submit(() -> {
            submit(made::countDown);
            // The loop's thread is kept by this call, which its stand-in tells.
            nanoTime.addAndGet(Duration.ofMillis(20).toNanos());
            turns.remove().late();
            await(made);
        });
        takeTurns();
        assertThat(made.getCount()).isZero();
    }

    @Test
    void moreCallsThanAreMadeSoonShouldGetThreadsToo() throws InterruptedException {
        callsAreShort();
        // Not short enough for so many.
        callsTake(Duration.ofNanos(20_000), 100);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            submit(() -> {
                first.countDown();
                made.countDown();
            });
        }
        await(first);
        // A thread that came early has left few, which are made soon again.
        takeTurns();
        await(made);
    }

    @Test
    void turnShouldEndAfterSomeCalls() throws InterruptedException {
        callsAreShort();
        CountDownLatch made = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            submit(() -> {
                callers.add(Thread.currentThread());
                made.countDown();
            });
        }
        turns.remove().run();
        await(made);
        assertThat(callers.stream().filter(Thread.currentThread()::equals)).hasSize(16);
    }

    @Test
    void turnShouldMakeNoMoreCallsThanAllowed() throws InterruptedException {
        callsAreShort();
        limit.set(0);
        submit(() -> callers.add(Thread.currentThread()));
        takeTurns();
        assertThat(callers).isEmpty();
        limit.set(1);
        queue.sweep();
        while (queue.waiting() > 0 || queue.running() > 0) {
            Thread.onSpinWait();
        }
        assertThat(callers).hasSize(1);
    }

    @Test
    void slowCallShouldEndTheTurnsOfItsLoop() throws InterruptedException {
        callsAreShort();
        submit(() -> nanoTime.addAndGet(Duration.ofSeconds(1).toNanos()));
        takeTurns();
        CountDownLatch made = new CountDownLatch(1);
        submit(made::countDown);
        assertThat(turns).isEmpty();
        await(made);
    }

    private void takeTurns() {
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
    }

    /** As this clock stands still, calls that end take no time. {@return how many threads the container was asked for} */
    private long callsAreShort() throws InterruptedException {
        callsTake(Duration.ZERO, 200);
        takeTurns();
        return threads.getTaskCount();
    }

    private void callsTake(Duration time, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            CountDownLatch made = new CountDownLatch(1);
            submit(() -> {
                nanoTime.addAndGet(time.toNanos());
                made.countDown();
            });
            if (i < count - 1) {
                takeTurns();
            } else if (!turns.isEmpty()) {
                turns.peek().run();
            }
            await(made);
            while (queue.running() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void submit(Runnable call) {
        queue.submit(TestCall.of(call), Duration.ofSeconds(30));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
