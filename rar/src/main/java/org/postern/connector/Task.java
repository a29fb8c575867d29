package org.postern.connector;

import jakarta.resource.spi.work.Work;
import org.postern.network.ThreadTraces;

/**
 * A task on a thread of the container.
 *
 * @param task what is done there, with the adapter's class loader
 */
record Task(Runnable task) implements Work {

    @Override
    public void run() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Works.loader());
        try {
            task.run();
        } finally {
            thread.setContextClassLoader(before);
            ThreadTraces.remove();
        }
    }

    @Override
    public void release() {
        // Short, and not to be cut off.
    }
}
