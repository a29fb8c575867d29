package org.postern.outbound;

import org.postern.tls.Engine;

class JdkLevelTest extends LevelTest {

    JdkLevelTest() {
        super(Engine.JDK);
    }
}
