package org.postern.connector;

import io.netty.channel.EventLoopGroup;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Does something now and then: the time is kept by an event loop, the work done on a thread of the container.
 *
 * @param loops keep the time
 * @param workManager gives the thread
 */
record Timer(EventLoopGroup loops, WorkManager workManager) {

    private static final System.Logger LOG = System.getLogger(Timer.class.getName());

    /**
     * Starts at once, and goes on in a fixed rhythm; a time at which the last work has not ended is passed over.
     *
     * @param period how often
     * @param isDue is asked on the event loop whether there is anything to do
     * @param task what is done
     * @return closing it ends the rhythm
     */
    Rhythm every(Duration period, BooleanSupplier isDue, Runnable task) {
        var busy = new AtomicBoolean();
        var ticks =
                loops.scheduleAtFixedRate(() -> tick(busy, isDue, task), 0, period.toMillis(), TimeUnit.MILLISECONDS);
        return () -> ticks.cancel(false);
    }

    private void tick(AtomicBoolean busy, BooleanSupplier isDue, Runnable task) {
        // An exception would end the rhythm.
        try {
            if (isDue.getAsBoolean() && busy.compareAndSet(false, true)) {
                schedule(busy, task);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A check could not be started.", e);
        }
    }

    private void schedule(AtomicBoolean busy, Runnable task) {
        try {
            workManager.scheduleWork(new Task(() -> run(busy, task)));
        } catch (WorkException | RuntimeException e) {
            busy.set(false);
            LOG.log(System.Logger.Level.WARNING, "The container takes no work; it is tried again.", e);
        }
    }

    private static void run(AtomicBoolean busy, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A check did not end well; it is tried again.", e);
        } finally {
            busy.set(false);
        }
    }

    /** Something done now and then. */
    @FunctionalInterface
    interface Rhythm extends AutoCloseable {
        @Override
        void close();
    }
}
