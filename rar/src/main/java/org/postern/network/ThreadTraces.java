package org.postern.network;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * What Netty keeps with threads that are not its own, such as those of the container. They outlive the adapter, and with what is
 * kept they would hold its classes.
 */
public final class ThreadTraces {

    private ThreadTraces() {}

    /** Removes it from the current thread; to be called when its work with Netty is done. */
    public static void remove() {
        FastThreadLocal.removeAll();
    }
}
