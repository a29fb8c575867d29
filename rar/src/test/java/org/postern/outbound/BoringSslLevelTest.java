package org.postern.outbound;

import io.netty.handler.ssl.OpenSsl;
import org.junit.jupiter.api.condition.EnabledIf;
import org.postern.tls.Engine;

@EnabledIf("isAvailable")
class BoringSslLevelTest extends LevelTest {

    BoringSslLevelTest() {
        super(Engine.BORINGSSL);
    }

    static boolean isAvailable() {
        return OpenSsl.isAvailable();
    }
}
