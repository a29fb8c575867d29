package org.postern.test.application;

/** Holds those who pass while it is closed. */
final class Gate {

    private boolean closed;
    private int waiting;

    synchronized void close() {
        closed = true;
    }

    synchronized void open() {
        closed = false;
        notifyAll();
    }

    synchronized int waiting() {
        return waiting;
    }

    synchronized void pass() {
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
