package org.postern.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postern.network.EventLoops;

/** Netty looks whether a connection was closed by what it read only where connections are not half-closed. */
class FullCloseTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final EventLoops loops = new EventLoops(1, threads, FullCloseTest.class.getClassLoader());

    @AfterEach
    void stop() {
        loops.close();
        threads.shutdown();
    }

    @Test
    void connectionThatIsClosedShouldNotBeHalfClosedAnyMore() throws Exception {
        Channel channel = loops.socketChannel().getDeclaredConstructor().newInstance();
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addLast(FullClose.NAME, FullClose.INSTANCE);
        loops.group().register(channel).sync();
        assertThat(channel.config().getOption(ChannelOption.ALLOW_HALF_CLOSURE)).isTrue();
        channel.close().sync();
        assertThat(channel.config().getOption(ChannelOption.ALLOW_HALF_CLOSURE)).isFalse();
    }
}
