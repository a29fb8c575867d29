package org.postern.management;

import org.postern.administration.Description;

/** TLS by peer domain. */
@Description("What TLS was had with each peer domain, of the latest 1,000.")
public interface TlsPeersMXBean {

    @Description(
            "A line for each domain, the latest first: sessions in clear, with TLS and verified, failures by reason.")
    String[] getOverview();

    @Description("How many domains there are.")
    int getCount();
}
