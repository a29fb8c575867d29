package org.postern.management;

import org.postern.administration.Description;

/** What was sent, and over what. */
@Description("Mail that was handed to next hops, and the TLS it went over, counted from the start or the last reset.")
public interface OutboundStatisticsMXBean {

    @Description("Connections without TLS that were made and were ready for mail.")
    long getClearConnections();

    @Description("Connections with TLS that were made and were ready for mail.")
    long getTlsConnections();

    @Description("Servers tried again in clear after a failed handshake, as the level ATTEMPT allows.")
    long getClearRetries();

    @Description("Messages that a server took, for one recipient or more.")
    long getDelivered();

    @Description("Messages that no server took.")
    long getNotDelivered();

    @Description("How often a demand on TLS was not met or a handshake failed, for whatever reason.")
    long getTlsFailures();

    @Description("TLS failures by reason: a line for each that has happened.")
    String[] getFailuresByReason();

    @Description(
            "Connections by the level asked and what was had (clear, encrypted, verified), by version, and by suite.")
    String[] getSessions();

    @Description(
            "Domains to which nothing is delivered now, as a demand on TLS is not met there or a client certificate is"
                    + " lost.")
    String[] getStoppedDomains();

    @Description("Addresses that gave no connection or no greeting and are passed over or on trial.")
    int getDeadAddresses();

    @Description(
            "Puts all counters to zero. Which domains are stopped and which addresses are passed over stays known.")
    String reset();

    @Description("Forgets which addresses are passed over, so that the next message tries them again at once.")
    String retryDeadAddresses();
}
