package org.postern.outbound;

import org.postern.NextHop;
import org.postern.tls.Decision;

/**
 * What a connection is made under. One that was made under other terms is not used for another message.
 *
 * @param nextHop where the mail really goes, by the policy or the settings
 * @param decision what is demanded there
 */
record Terms(NextHop nextHop, Decision decision) {}
