package org.postern.management;

import org.postern.administration.Description;

/** TLS towards those who send to us. */
@Description("TLS towards those who send to us. A change holds from the next session on and survives a restart.")
public interface ServerTlsMXBean {

    @Description(
            "NONE: no TLS, mail is received in clear. ATTEMPT: STARTTLS is offered; reaches everybody and promises nothing."
                    + " REQUIRE: no mail without TLS; cuts off peers without it, and a server named in public MX records must not demand"
                    + " it (RFC 3207 section 4).")
    String getLevel();

    void setLevel(String level);

    @Description("The values that Level can have.")
    String[] getLegalLevels();

    @Description(
            "DO_NOT_REQUEST: senders are not asked for a certificate. REQUEST: asked, but it is no obstacle. REQUIRE: no"
                    + " handshake without one that verifies against your own authorities; needs Level REQUIRE.")
    String getClientCertificate();

    void setClientCertificate(String clientCertificate);

    @Description("The values that ClientCertificate can have.")
    String[] getLegalClientCertificates();

    @Description(
            "SHA-256 fingerprints of client certificates or their keys, separated by commas; others do not verify then."
                    + " Empty: all that your own authorities have issued.")
    String getAllowedClients();

    void setAllowedClients(String allowedClients);

    @Description("TLS versions, separated by a comma: TLSv1.3, TLSv1.2 or both.")
    String getProtocols();

    void setProtocols(String protocols);

    @Description("How long a handshake may take, in seconds, 1 to 3600.")
    long getHandshakeTimeoutSeconds();

    void setHandshakeTimeoutSeconds(long seconds);

    @Description(
            "Where each value comes from: changed at run time, deployment, system property, environment, or default.")
    String[] getSource();

    @Description("SHA-256 fingerprint of the certificate that is shown now; empty if there is none.")
    String getCertificateFingerprint();

    @Description("Serial number of the certificate that is shown now, in hexadecimal digits; empty if there is none.")
    String getCertificateSerial();

    @Description("Since when the certificate is shown, in this run; empty if there is none.")
    String getCertificateLiveSince();

    @Description(
            "The certificates that are shown now, a line for each, the default first: alias, SHA-256 fingerprint, serial"
                    + " number, since when.")
    String[] getCertificatesLive();

    @Description("Takes back what was changed at run time, so that the configured values are in force again.")
    String resetToConfigured();
}
