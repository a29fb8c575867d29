package org.postern.network;

/**
 * Something for the thread of an event loop to do between two rounds. It is expected to take no longer than it takes to wake another
 * thread, but may: the loop goes on without its thread then.
 */
public interface Interlude {

    /** Does it, off the event loop: it may wait for what the loop has to do. */
    void run();

    /** Is told, on another thread, that {@link #run()} takes long or will not be called: what awaits it is to go elsewhere. */
    void late();
}
