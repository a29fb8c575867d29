package org.postern.management;

import org.postern.administration.Description;

/** What the listener allows a peer, or all of them, to take. Changes hold at once, for sessions under way too, unless said. */
public interface LimitsMXBean {

    /** {@return the most sessions at once} */
    @Description("The most sessions at once; what is more is told 421 4.3.2. 0 for no limit.")
    String getMaxSessions();

    /** Changes the most sessions at once. */
    void setMaxSessions(String value);

    /** {@return the most sessions of one address} */
    @Description("The most sessions at once from one IPv4 address or IPv6 /64, trustedNetworks exempt. 0 for no limit.")
    String getMaxSessionsPerAddress();

    /** Changes the most sessions of one address. */
    void setMaxSessionsPerAddress(String value);

    /** {@return the most new sessions of one address} */
    @Description(
            "The most new sessions in a minute from one IPv4 address or IPv6 /64, trustedNetworks exempt. 0 for no limit.")
    String getMaxNewSessionsPerMinute();

    /** Changes the most new sessions of one address. */
    void setMaxNewSessionsPerMinute(String value);

    /** {@return the most messages of one address} */
    @Description(
            "The most messages in a minute from one IPv4 address or IPv6 /64, trustedNetworks exempt. 0 for no limit.")
    String getMaxMessagesPerMinute();

    /** Changes the most messages of one address. */
    void setMaxMessagesPerMinute(String value);

    /** {@return the most errors of a session} */
    @Description("The most refused commands of a session since its last accepted message. 0 for no limit.")
    String getMaxErrors();

    /** Changes the most errors of a session. */
    void setMaxErrors(String value);

    /** {@return the most unknown commands of a session} */
    @Description("The most lines of a session that are no command at all. 0 for no limit.")
    String getMaxUnknownCommands();

    /** Changes the most unknown commands of a session. */
    void setMaxUnknownCommands(String value);

    /** {@return how long the greeting waits} */
    @Description(
            "How long the greeting waits, in seconds, or such as 5s; who speaks before it is refused. 0: for nothing.")
    String getGreetingDelay();

    /** Changes how long the greeting waits. */
    void setGreetingDelay(String value);

    /** {@return how long a sender may keep silent within content} */
    @Description("How long a sender may keep silent within a message, in seconds, or such as 5m. 0 for no limit.")
    String getContentIdleTimeout();

    /** Changes how long a sender may keep silent within content. */
    void setContentIdleTimeout(String value);

    /** {@return the least rate of content} */
    @Description("The least octets a second at which a message must come, from its second minute on. 0 for no limit.")
    String getMinDataRate();

    /** Changes the least rate of content. */
    void setMinDataRate(String value);

    /** {@return how long a message may take to come} */
    @Description("The longest time that one message may take to come, in seconds, or such as 4h. 0 for no limit.")
    String getMaxDataTime();

    /** Changes how long a message may take to come. */
    void setMaxDataTime(String value);

    /** {@return how long a message waits for a bean} */
    @Description("How long a message waits for a free bean and thread before its sender is told 451 4.3.2, in seconds,"
            + " or such as 30s.")
    String getDeliveryWait();

    /** Changes how long a message waits for a bean. */
    void setDeliveryWait(String value);

    /** {@return how long a bean may take for a message} */
    @Description("How long a bean may take for a message before its sender is told 451 4.3.2. 0 for no limit.")
    String getDeliveryTimeout();

    /** Changes how long a bean may take for a message. */
    void setDeliveryTimeout(String value);

    /** {@return the load balancers} */
    @Description(
            "Networks of load balancers that speak the PROXY protocol, separated by commas. From the next session on.")
    String getProxyNetworks();

    /** Changes the load balancers. */
    void setProxyNetworks(String value);
}
