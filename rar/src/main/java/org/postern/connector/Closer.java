package org.postern.connector;

import java.util.ArrayDeque;
import java.util.Deque;

/** Undoes what was done, last first; what fails does not keep the rest from being undone. */
final class Closer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Closer.class.getName());

    private final Deque<Runnable> steps = new ArrayDeque<>();

    void add(Runnable step) {
        steps.push(step);
    }

    @Override
    public void close() {
        while (!steps.isEmpty()) {
            Runnable step = steps.pop();
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "A part of the adapter did not stop cleanly.", e);
            }
        }
    }
}
