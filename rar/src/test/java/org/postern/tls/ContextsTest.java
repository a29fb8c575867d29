package org.postern.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.ReferenceCountUtil;
import java.lang.ref.WeakReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContextsTest {

    private final Contexts contexts = new Contexts();

    @BeforeEach
    void needsBoringSsl() {
        Assumptions.assumeTrue(Engine.best() == Engine.BORINGSSL);
    }

    @Test
    void contextShouldBeReleasedWithTheChangeAfterItsOwnerHasGone() throws SSLException {
        SslContext context = context();
        var gone = new WeakReference<>(own(context));
        while (gone.get() != null) {
            System.gc();
        }
        Object last = new Object();
        // The collector tells of it a moment later than it clears weak references.
        for (int attempts = 0; ReferenceCountUtil.refCnt(context) > 0 && attempts < 1_000; attempts++) {
            System.gc();
            contexts.own(last, context());
        }
        assertThat(ReferenceCountUtil.refCnt(context)).isZero();
        contexts.close();
    }

    @Test
    void closingShouldLeaveEnginesUnderWayAlone() throws SSLException {
        SslContext context = context();
        contexts.own(this, context);
        SSLEngine engine = context.newEngine(UnpooledByteBufAllocator.DEFAULT);
        contexts.close();
        assertThat(ReferenceCountUtil.refCnt(context)).isEqualTo(1);
        assertThat(contexts.size()).isZero();
        ReferenceCountUtil.release(engine);
        assertThat(ReferenceCountUtil.refCnt(context)).isZero();
    }

    private Object own(SslContext context) {
        Object owner = new Object();
        contexts.own(owner, context);
        return owner;
    }

    private static SslContext context() throws SSLException {
        return Engine.BORINGSSL.configure(SslContextBuilder.forClient(), true).build();
    }
}
