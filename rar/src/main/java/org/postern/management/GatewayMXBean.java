package org.postern.management;

import org.postern.administration.Description;

/** The gateway as a whole. */
@Description("The gateway as a whole: whether it is well, and what it is.")
public interface GatewayMXBean {

    @Description(
            "STARTING: no mail is taken yet. OK. WARNING: mail goes on, but somebody should look. ERROR: see Problems.")
    String getStatus();

    @Description("What an administrator should know of, worst first; a full sentence each.")
    String[] getProblems();

    @Description("The version of Postern.")
    String getVersion();

    @Description("How long it has been running, in seconds.")
    long getUptime();

    @Description("Who does the cryptography of TLS.")
    String getTlsEngine();
}
