package org.postern.tls;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps BoringSSL in the process, and with it the class loader that loaded it. BoringSSL leaves a value with each thread that used
 * it, and a function of its own that frees the value when the thread ends. Were the library unloaded with its class loader after an
 * undeployment, the end of one of the container's threads would call a function that is not there any more, and end the process.
 */
final class NativeLibrary {

    private static final AtomicBoolean KEPT = new AtomicBoolean();

    private NativeLibrary() {}

    /** From now on it stays until the process ends. */
    static void keep() {
        if (KEPT.getAndSet(true)) {
            return;
        }
        try {
            // Not for what it does, which is nothing, but as the JVM never lets go of it.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "Postern's native library"));
        } catch (IllegalStateException e) {
            System.getLogger(NativeLibrary.class.getName())
                    .log(System.Logger.Level.TRACE, "The process is about to end, and the library with it.");
        }
    }
}
