package org.postern.management;

import org.postern.administration.Description;

/** TLS by peer. */
@Description(
        "What TLS was had with whom: the latest 1,000 domains that were sent to, 1,000 that mail came from, as the first sender of a session"
                + " claimed, and 1,000 addresses of clients that gave no domain or whose handshake failed.")
public interface TlsPeersMXBean {

    @Description(
            "A line for each peer, those sent to (to), then those mail came from (from), then addresses (client), the latest first:"
                    + " sessions in clear, with TLS and verified, by version and by result, failures by reason.")
    String[] getOverview();

    @Description("How many peers there are.")
    int getCount();
}
