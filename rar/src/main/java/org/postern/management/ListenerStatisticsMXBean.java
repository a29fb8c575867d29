package org.postern.management;

import org.postern.administration.Description;

/** What the listener has counted. */
@Description("What the listener has counted since its start, or since reset.")
public interface ListenerStatisticsMXBean {

    /** {@return sessions begun} */
    @Description("Sessions begun.")
    long getSessions();

    /** {@return sessions that ended without TLS} */
    @Description("Sessions that ended without having used TLS.")
    long getClearSessions();

    /** {@return sessions with TLS} */
    @Description("Sessions that used TLS.")
    long getTlsSessions();

    /** {@return sessions with TLS, by version} */
    @Description("Sessions that used TLS, by protocol version.")
    String[] getTlsSessionsByProtocol();

    /** {@return failed handshakes} */
    @Description("TLS handshakes that failed.")
    long getTlsFailures();

    /** {@return failed handshakes, by reason} */
    @Description("TLS handshakes that failed, by reason.")
    String[] getTlsFailuresByReason();

    /** {@return TLS alerts that ended TLS} */
    @Description("TLS alerts with which peers ended a handshake or a session.")
    long getTlsAlerts();

    /** {@return TLS alerts, by name} */
    @Description(
            "TLS alerts with which peers ended a handshake or a session, by their names in RFC 8446: unknown_ca and"
                    + " bad_certificate tell of peers that do not accept this server's certificate.")
    String[] getTlsAlertsByName();

    /** {@return messages accepted} */
    @Description("Messages answered 250.")
    long getMessagesAccepted();

    /** {@return octets accepted} */
    @Description("Octets of the messages answered 250.")
    long getOctetsAccepted();

    /** {@return messages refused} */
    @Description(
            "Messages that were refused for good or for the time being after their content had come, or as it did not.")
    long getMessagesRefused();

    /** {@return recipients refused} */
    @Description("Recipients refused, for good or for the time being.")
    long getRecipientsRefused();

    /** {@return refusals, by code} */
    @Description("Refused commands and messages, by reply code.")
    String[] getRefusalsByCode();

    /** {@return how often limits were reached} */
    @Description("How often a limit was reached, whichever.")
    long getLimitsReached();

    /** {@return how often limits were reached, by limit} */
    @Description("How often a limit was reached, by its setting; greetingDelay: peers that spoke before the greeting,"
            + " proxyNetworks: connections from there without a proper header.")
    String[] getLimitsReachedBySetting();

    /** Sets all to zero. {@return what was done} */
    @Description("Sets all figures to zero.")
    String reset();
}
