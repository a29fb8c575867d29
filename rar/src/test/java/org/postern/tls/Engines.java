package org.postern.tls;

import io.netty.handler.ssl.OpenSsl;
import java.util.stream.Stream;

/** The engines that a test can be run with. */
public final class Engines {

    private Engines() {}

    /** {@return those that load here} */
    public static Stream<Engine> available() {
        return Stream.of(Engine.values()).filter(engine -> engine == Engine.JDK || OpenSsl.isAvailable());
    }
}
