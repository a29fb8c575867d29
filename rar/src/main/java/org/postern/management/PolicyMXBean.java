package org.postern.management;

import org.postern.administration.Description;

/** What is demanded towards one domain. */
@Description("TLS towards one domain, in place of what ClientTls says. A change holds from the next message on.")
public interface PolicyMXBean {

    @Description("A recipients' domain or the host of a next hop; with a leading dot all below it.")
    String getDomain();

    @Description(
            "NONE: never TLS. ATTEMPT: TLS where it can be had, else clear text; promises nothing. REQUIRE: TLS or no"
                    + " delivery, the certificate is not checked. REQUIRE_AND_VERIFY: TLS or no delivery, and the certificate must hold.")
    String getLevel();

    void setLevel(String level);

    @Description("The values that Level can have.")
    String[] getLegalLevels();

    @Description(
            "Where the domain's mail goes: host:port, lmtp:host:port or mx:domain; empty: the way of all other mail.")
    String getNextHop();

    void setNextHop(String nextHop);

    @Description(
            "Names of which the certificate must be for one, at REQUIRE_AND_VERIFY, separated by commas: a host name,"
                    + " *.example.net, .example.net for all below it, or mx for the name of the MX host. Empty: the configured host,"
                    + " or by MX the domain and all below it.")
    String getVerifyNames();

    void setVerifyNames(String names);

    @Description("The least TLS version: TLSv1.2, TLSv1.3, or empty for that of ClientTls.")
    String getMinimumProtocol();

    void setMinimumProtocol(String version);

    @Description(
            "SHA-256 fingerprints of public keys, separated by commas, of which the server's must be one, besides what the level"
                    + " checks. Empty: any. Refused below REQUIRE.")
    String getPins();

    void setPins(String pins);

    @Description(
            "Alias of the certificate that is shown to a server that asks for one, READY, valid and meant for clients; while"
                    + " it is named it cannot be deleted. Empty: that of ClientTls.")
    String getClientCertificate();

    void setClientCertificate(String alias);

    @Description(
            "EHLO keywords that are taken as if they were not announced, separated by commas, for servers and firewalls that"
                    + " announce what they cannot do. STARTTLS only at NONE and ATTEMPT.")
    String getIgnoredExtensions();

    void setIgnoredExtensions(String keywords);

    @Description("Whether it decides nothing, and only counts and logs what would have failed.")
    boolean isMonitor();

    void setMonitor(boolean monitor);

    @Description("Connections that were made under it and are ready for mail.")
    long getConnections();

    @Description("How often its demand was not met.")
    long getFailures();

    @Description("What it would have stopped while it only watched, by reason.")
    String[] getWouldHaveFailed();

    @Description("Takes the policy away; what holds for all others holds for the domain then.")
    String remove();
}
