package org.postern.outbound;

import org.postern.NextHop;
import org.postern.tls.ClientLevel;
import org.postern.tls.Decision;

/**
 * What a connection is made under. One that was made under other terms is not used for another message.
 *
 * @param nextHop where the mail really goes, by the policy or the settings
 * @param decision what is demanded there
 * @param login how this side proves who sends
 */
record Terms(NextHop nextHop, Decision decision, Login login) {

    /** {@return the level: who proves that he sends does not do so in clear because somebody took STARTTLS out} */
    ClientLevel level() {
        ClientLevel level = decision.tls().level();
        return level == ClientLevel.ATTEMPT && login.isWanted() ? ClientLevel.REQUIRE : level;
    }
}
