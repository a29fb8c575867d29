package org.postern.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;

/**
 * Releases BoringSSL's contexts, which live outside the heap, when nobody can use them any more.
 *
 * <p>A context cannot be released when it is replaced: sessions keep what was in force when they began, and may ask it for a
 * handler minutes later. Netty's finalised contexts would do, but finalisation is on its way out of Java and costs every
 * engine. So each context has an owner that sessions hold; once the owner is unreachable, the context is released with the
 * next change. Engines made by it keep it alive until they are closed themselves.
 */
final class Contexts implements AutoCloseable {

    private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();
    private final Set<Owned> owned = new HashSet<>();

    /** Ties a context to an owner. */
    void own(Object owner, SslContext context) {
        own(owner, () -> ReferenceCountUtil.release(context));
    }

    /** Ties something outside the heap to an owner. */
    synchronized void own(Object owner, Runnable release) {
        for (Reference<?> gone = unreachable.poll(); gone != null; gone = unreachable.poll()) {
            release((Owned) gone);
        }
        owned.add(new Owned(owner, unreachable, release));
    }

    /** {@return how many contexts have not been released} */
    synchronized int size() {
        return owned.size();
    }

    /** Releases all contexts. Engines under way keep theirs. */
    @Override
    public synchronized void close() {
        Set.copyOf(owned).forEach(this::release);
    }

    private void release(Owned gone) {
        if (owned.remove(gone)) {
            gone.release.run();
        }
    }

    private static final class Owned extends PhantomReference<Object> {
        private final Runnable release;

        Owned(Object owner, ReferenceQueue<Object> queue, Runnable release) {
            super(owner, queue);
            this.release = release;
        }
    }
}
