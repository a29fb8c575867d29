package org.postern.connector;

import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Threads of the container for tasks that run for as long as the adapter does: the event loops. */
final class WorkThreads implements Executor {

    private final WorkManager workManager;

    WorkThreads(WorkManager workManager) {
        this.workManager = workManager;
    }

    @Override
    public void execute(Runnable task) {
        try {
            workManager.scheduleWork(new LongRunning(task));
        } catch (WorkException e) {
            throw new RejectedExecutionException("The container gave no thread: " + e.getMessage(), e);
        }
    }

    /** A task that keeps its thread, which it tells the container (Jakarta Connectors 11.8). */
    private static final class LongRunning implements Work, WorkContextProvider {

        private static final long serialVersionUID = 1L;

        private final transient Runnable task;

        LongRunning(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            task.run();
        }

        @Override
        public void release() {
            // The event loops are ended by closing them.
        }

        @Override
        public List<WorkContext> getWorkContexts() {
            var hints = new HintsContext();
            hints.setHint(HintsContext.LONGRUNNING_HINT, Boolean.TRUE);
            return List.of(hints);
        }
    }
}
