package org.postern.outbound;

import java.util.function.Supplier;
import org.postern.network.EventLoops;

/**
 * What connections to next hops need.
 *
 * @param loops their event loops
 * @param directions where mail goes, and what is demanded there
 * @param timeouts gives the timeouts in force
 * @param hostName the name that is given with EHLO: a domain name or an address literal
 * @param servers finds servers
 * @param dead which of them are passed over for a while
 * @param openings who waits for their greetings
 */
public record Environment(
        EventLoops loops,
        Directions directions,
        Supplier<Timeouts> timeouts,
        String hostName,
        Servers servers,
        DeadHosts dead,
        Openings openings) {}
