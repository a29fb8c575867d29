package org.postern.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the thread of an event loop does between two rounds, and who drives the loop meanwhile. */
@Timeout(60)
class InterludeTest {

    private final AtomicBoolean noThread = new AtomicBoolean();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(8, 8, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    private final EventLoops loops = new EventLoops(1, this::execute, InterludeTest.class.getClassLoader());
    private final EventLoop loop = loops.group().next();
    private final Thread own = call(Thread::currentThread);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() throws InterruptedException {
        gate.countDown();
        loops.close();
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void interludeShouldBeDoneByTheThreadOfTheLoopOutsideOfIt() {
        List<Object> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        perform(() -> {
            seen.add(Thread.currentThread());
            seen.add(loop.inEventLoop());
            // What it has the loop do comes when it is over.
            loop.execute(() -> {
                seen.add(Thread.currentThread());
                seen.add(loop.inEventLoop());
                done.countDown();
            });
            seen.add("over");
        });
        await(done);
        assertThat(seen).containsExactly(own, false, "over", own, true);
    }

    @Test
    void interludeShouldNotBeTakenWithoutASecondThread() {
        noThread.set(true);
        for (int i = 0; i < 200; i++) {
            assertThat(offer(new Late(() -> {}))).isFalse();
        }
        noThread.set(false);
        perform(() -> {});
    }

    @Test
    void interludeShouldNotBeTakenFromOutsideOfTheLoop() {
        perform(() -> {});
        assertThat(loops.offer(new Late(() -> {}))).isFalse();
    }

    @Test
    void fewInterludesShouldNotBeWorthASecondThread() {
        for (int i = 0; i < 60; i++) {
            assertThat(offer(new Late(() -> {}))).isFalse();
        }
        assertThat(threads.getTaskCount()).isEqualTo(1);
    }

    @Test
    void longInterludeShouldNotStopTheLoop() {
        Late stuck = perform(this::hold);
        Thread driver = call(Thread::currentThread);
        assertThat(driver).isNotEqualTo(own);
        assertThat(call(() -> loop.inEventLoop())).isTrue();
        assertThat(loop.inEventLoop(own)).isFalse();
        await(stuck.told);
        gate.countDown();
        // The loop is its own thread's again, and short ones are taken again.
        awaitOwnThread();
        perform(() -> {});
    }

    @Test
    void interludeShouldNotBeTakenWhileAnotherOneTakesLong() {
        perform(this::hold);
        assertThat(call(Thread::currentThread)).isNotEqualTo(own);
        assertThat(offer(new Late(() -> {}))).isFalse();
    }

    @Test
    void longInterludeMayAwaitTheLoop() {
        CountDownLatch done = new CountDownLatch(1);
        perform(() -> {
            loop.submit(() -> {}).awaitUninterruptibly();
            done.countDown();
        });
        await(done);
    }

    @Test
    void timersAndInputShouldGoOnInALongInterlude() throws Exception {
        CountDownLatch accepted = new CountDownLatch(1);
        Channel port = listen(accepted);
        perform(this::hold);
        CountDownLatch rang = new CountDownLatch(1);
        loop.schedule(rang::countDown, 10, TimeUnit.MILLISECONDS);
        await(rang);
        int number = ((java.net.InetSocketAddress) port.localAddress()).getPort();
        try (var client = new java.net.Socket(InetAddress.getLoopbackAddress(), number)) {
            await(accepted);
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void failingInterludeShouldLeaveTheLoopAsItWas() {
        perform(() -> {
            throw new IllegalStateException("broken");
        });
        assertThat(call(Thread::currentThread)).isEqualTo(own);
    }

    @Test
    void interruptionOfAnInterludeShouldNotReachTheLoop() {
        perform(() -> Thread.currentThread().interrupt());
        assertThat(call(() -> Thread.currentThread().isInterrupted())).isFalse();
    }

    @Test
    void secondThreadShouldLeaveWhenThereIsNothingForIt() {
        perform(() -> {});
        assertThat(threads.getActiveCount()).isEqualTo(2);
        while (threads.getActiveCount() > 1) {
            Thread.onSpinWait();
        }
        assertThat(offer(new Late(() -> {}))).isFalse();
        perform(() -> {});
    }

    @Test
    void channelsOfAnEndingLoopShouldBeClosedThoughItsThreadIsKept() throws Exception {
        Channel port = listen(new CountDownLatch(1));
        perform(this::hold);
        var ended = loops.group().shutdownGracefully(0, 10, TimeUnit.SECONDS);
        assertThat(port.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
        gate.countDown();
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onlyOneThreadAtATimeShouldBeInTheLoop() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger tasks = new AtomicInteger();
        AtomicInteger expected = new AtomicInteger();
        Set<Thread> drivers = ConcurrentHashMap.newKeySet();
        SplittableRandom random = new SplittableRandom(7);
        Runnable task = () -> {
            boolean alone = inside.incrementAndGet() == 1;
            drivers.add(Thread.currentThread());
            if (alone && loop.inEventLoop()) {
                tasks.incrementAndGet();
            }
            inside.decrementAndGet();
        };
        perform(() -> {});
        for (int i = 0; i < 300; i++) {
            long pause = TimeUnit.MICROSECONDS.toNanos(random.nextInt(10) == 0 ? 45_000 : random.nextInt(200));
            offer(new Late(() -> {
                LockSupport.parkNanos(pause);
                expected.incrementAndGet();
                loop.execute(task);
            }));
            expected.incrementAndGet();
            loop.submit(task).get(10, TimeUnit.SECONDS);
        }
        // Behind all interludes.
        perform(() -> {});
        call(() -> null);
        assertThat(tasks.get()).isGreaterThan(300).isEqualTo(expected.get());
        assertThat(drivers).hasSizeGreaterThan(1);
    }

    private void execute(Runnable task) {
        if (noThread.get()) {
            throw new RejectedExecutionException("The container has no thread.");
        }
        threads.execute(task);
    }

    /** Offers it until it is taken, and waits until it has begun. */
    private Late perform(Runnable interlude) {
        Late late = new Late(interlude);
        while (!offer(late)) {
            Thread.onSpinWait();
        }
        await(late.begun);
        return late;
    }

    private boolean offer(Interlude interlude) {
        return call(() -> loops.offer(interlude));
    }

    private <T> T call(Callable<T> inLoop) {
        try {
            return loop.submit(inLoop).get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitOwnThread() {
        while (call(Thread::currentThread) != own) {
            Thread.onSpinWait();
        }
    }

    private Channel listen(CountDownLatch accepted) throws Exception {
        return new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverSocketChannel())
                .childHandler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void handlerAdded(io.netty.channel.ChannelHandlerContext ctx) {
                        accepted.countDown();
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private void hold() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An interlude that knows whether it was told that it is late. */
    private static final class Late implements Interlude {

        private final Runnable task;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch told = new CountDownLatch(1);

        Late(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            begun.countDown();
            task.run();
        }

        @Override
        public void late() {
            told.countDown();
        }
    }
}
