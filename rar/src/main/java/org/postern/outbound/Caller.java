package org.postern.outbound;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.postern.MailDeliveryException;

/**
 * The thread that waits for the outcome of a dialogue. Meanwhile it does for the event loop what may block. It is a thread of the
 * container's, so nothing of Netty that keeps thread-local state runs on it.
 */
final class Caller implements Executor {

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /**
     * Waits.
     *
     * @throws MailDeliveryException if the dialogue ended with it
     * @throws InterruptedException if the thread was interrupted before the end; the dialogue goes on
     */
    <T> T await(CompletableFuture<T> outcome) throws MailDeliveryException, InterruptedException {
        outcome.whenComplete((value, failure) -> tasks.add(() -> {}));
        while (!outcome.isDone()) {
            tasks.take().run();
        }
        try {
            return outcome.join();
        } catch (CompletionException e) {
            throw unwrap(e);
        }
    }

    private static MailDeliveryException unwrap(CompletionException e) {
        if (e.getCause() instanceof MailDeliveryException failure) {
            return failure;
        }
        if (e.getCause() instanceof RuntimeException bug) {
            throw bug;
        }
        throw e;
    }
}
