package org.postern.management;

import org.postern.administration.Description;
import org.postern.administration.Name;

/** The certificate authorities that peers verify against. */
@Description(
        "The authorities that certificates of peers verify against. Your own hold for client certificates and for servers,"
                + " those of the Java platform for servers only. A change holds from the next session on and survives a restart.")
public interface TrustStoreMXBean {

    @Description(
            "Your own trust anchors, a line for each certificate: alias, subject, end of validity, SHA-256 fingerprint.")
    String[] getOverview();

    @Description("The aliases of your own trust anchors.")
    String[] getAliases();

    @Description("The number of certificates among your own trust anchors.")
    int getCount();

    @Description(
            "Whether servers that we send to verify against the authorities of the Java platform too, and not only against"
                    + " your own. Client certificates never do.")
    boolean isUseSystemCertificates();

    void setUseSystemCertificates(boolean use);

    @Description(
            "Where each value comes from: changed at run time, deployment, system property, environment, or default.")
    String[] getSource();

    @Description("Adds trust anchors, in the place of those of the same alias if there are any.")
    String add(
            @Name("alias") @Description("A name of lower-case letters, digits, dot, underscore and hyphen; at most 64.")
                    String alias,
            @Name("pem")
                    @Description(
                            "One certificate or several, -----BEGIN CERTIFICATE----- and so on; line breaks do not matter.")
                    String pem);

    @Description("Adds the trust anchors in a file, in the place of those of the same alias if there are any.")
    String addFromFile(
            @Name("alias") @Description("A name of lower-case letters, digits, dot, underscore and hyphen; at most 64.")
                    String alias,
            @Name("file") @Description("A file on the server, PEM with one certificate or several, or DER.")
                    String file);

    @Description("Takes trust anchors out. What verified by them does not verify any more from the next session on.")
    String remove(@Name("alias") @Description("The name of the trust anchors.") String alias);

    @Description(
            "Takes back what was changed at run time of the settings, so that the configured values are in force again;"
                    + " trust anchors stay.")
    String resetToConfigured();
}
