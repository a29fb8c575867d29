package org.postern.test.application;

/** Holds those who pass while it is closed. */
public final class Gate {

    private boolean closed;
    private int waiting;

    public synchronized void close() {
        closed = true;
    }

    public synchronized void open() {
        closed = false;
        notifyAll();
    }

    public synchronized int waiting() {
        return waiting;
    }

    public synchronized void pass() {
        waiting++;
        try {
            while (closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting--;
        }
    }
}
