package org.postern.management;

import org.postern.administration.Description;
import org.postern.administration.Name;

/** TLS towards those we send to. */
@Description("TLS towards those we send to. A change holds from the next connection on and survives a restart.")
public interface ClientTlsMXBean {

    @Description(
            "NONE: never TLS. ATTEMPT: TLS where it can be had, else clear text; promises nothing. REQUIRE: TLS or no"
                    + " delivery, the certificate is not checked. REQUIRE_AND_VERIFY: TLS or no delivery, and the certificate must hold.")
    String getLevel();

    void setLevel(String level);

    @Description("The values that Level can have.")
    String[] getLegalLevels();

    @Description("TLS versions, separated by a comma: TLSv1.3, TLSv1.2 or both.")
    String getProtocols();

    void setProtocols(String protocols);

    @Description("How long a handshake may take, in seconds, 1 to 3600.")
    long getHandshakeTimeoutSeconds();

    void setHandshakeTimeoutSeconds(long seconds);

    @Description(
            "The alias of the certificate that is shown to servers that ask for one; empty for none. It is activated at its"
                    + " own bean.")
    String getClientCertificate();

    @Description(
            "Where each value comes from: changed at run time, deployment, system property, environment, or default.")
    String[] getSource();

    @Description("Takes back what was changed at run time, so that the configured values are in force again.")
    String resetToConfigured();

    @Description(
            "Tells, without connecting, what would be done about mail to a domain: who decides, which hosts, what is demanded.")
    String explain(@Name("domain") @Description("A recipients' domain.") String domain);

    @Description(
            "Connects to a server, says EHLO and STARTTLS, and tells what it shows and what each level would make of it. Sends no"
                    + " mail; ends within a minute.")
    String probe(
            @Name("host") @Description("A host name or an IP address.") String host,
            @Name("port") @Description("The port, usually 25.") int port);

    @Description("As probe, for the servers that mail to a domain goes to.")
    String probeDomain(@Name("domain") @Description("A recipients' domain.") String domain);
}
