package org.postern.outbound;

import org.postern.NextHop;
import org.postern.tls.Decision;

/** Where mail goes, and what is demanded there. Asked for each message. */
public interface Directions {

    /** {@return where mail for a next hop really goes: what policies and settings put in the place of a domain's own servers} */
    NextHop effective(NextHop asked);

    /** {@return what is demanded of a next hop} */
    Decision decide(NextHop effective);
}
