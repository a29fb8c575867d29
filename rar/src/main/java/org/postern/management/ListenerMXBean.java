package org.postern.management;

import org.postern.administration.Description;

/** The SMTP listener. */
@Description("The SMTP listener: where it listens, and what it allows.")
public interface ListenerMXBean extends LimitsMXBean {

    /** {@return what it does at present} */
    @Description(
            "OPEN; PAUSED: new sessions are told 421 4.3.2; CLOSED: no application takes mail, or there is an error.")
    String getState();

    /** {@return where it listens with STARTTLS} */
    @Description("Addresses and ports with STARTTLS, as they were really taken.")
    String[] getAddresses();

    /** {@return where it listens with implicit TLS} */
    @Description("Addresses and ports on which TLS begins with the first byte, as they were really taken.")
    String[] getImplicitTlsAddresses();

    /** {@return the first port with STARTTLS} */
    @Description("The first port with STARTTLS; 0 while closed.")
    int getPort();

    /** {@return the first port with implicit TLS} */
    @Description("The first port with implicit TLS; 0 while closed or not configured.")
    int getImplicitTlsPort();

    /** {@return the sessions at this moment} */
    @Description("Sessions at this moment.")
    int getSessions();

    /** {@return the largest message taken} */
    @Description("The largest message taken, in octets, or such as 20M; 0 for no limit. From the next session on.")
    String getMaxMessageSize();

    /** Changes the largest message taken. */
    void setMaxMessageSize(String size);

    /** {@return the most recipients of a message} */
    @Description("The most recipients of one message, 100 at least; 0 for no limit. From the next session on.")
    String getMaxRecipients();

    /** Changes the most recipients of a message. */
    void setMaxRecipients(String number);

    /** {@return how long a session may keep silent} */
    @Description("How long a session may take for its next command, in seconds, or such as 5m. 0 for no limit.")
    String getIdleTimeout();

    /** Changes how long a session may keep silent. */
    void setIdleTimeout(String time);

    /** {@return what becomes of bare CR and LF} */
    @Description("What becomes of a message with a bare CR or LF: REJECT or NORMALIZE; empty: by trustedNetworks.")
    String getBareNewline();

    /** Changes what becomes of bare CR and LF. */
    void setBareNewline(String choice);

    /** {@return the domains that mail is accepted for} */
    @Description("Domains that mail is accepted for from anyone, separated by commas.")
    String getAcceptedDomains();

    /** Changes the domains that mail is accepted for. */
    void setAcceptedDomains(String domains);

    /** {@return the networks that may send to any domain} */
    @Description("Networks whose mail is taken for any domain, separated by commas.")
    String getTrustedNetworks();

    /** Changes the networks that may send to any domain. */
    void setTrustedNetworks(String networks);

    /** {@return where the values come from} */
    @Description("Where each value comes from.")
    String[] getSource();

    /** Turns new sessions away. {@return what was done} */
    @Description("Turns new sessions away with 421 4.3.2; those under way go on.")
    String pause();

    /** Takes new sessions again. {@return what was done} */
    @Description("Takes new sessions again.")
    String resume();

    /** Takes back what was changed at run time. {@return what was done} */
    @Description("Takes back what was changed here at run time, so that the configured values are in force again.")
    String resetToConfigured();
}
