package org.postern.management;

import org.postern.administration.Description;

/** One certificate of the store. */
@Description("One certificate of the store, or a request for one. Its private key never leaves the store.")
public interface CertificateMXBean extends CertificateFacts {

    @Description(
            "Makes it the certificate that is shown to senders who name no host or one that is not known. The former one goes"
                    + " on serving its own names. Sessions under way are not touched.")
    String activateAsServer();

    @Description(
            "Ends that it serves its own names. Refused for the default, which is handed over by activating another.")
    String deactivateAsServer();

    @Description("Makes it the certificate that is shown when a server that we send to asks for one.")
    String activateAsClient();

    @Description("Ends that it is shown to servers that ask.")
    String deactivateAsClient();

    @Description("Gives the certificate and its chain as PEM. There is nothing secret in it.")
    String exportPem();

    @Description("Gives the request as PEM, to be sent to an authority; as often as needed.")
    String exportRequest();

    @Description(
            "Deletes it with its private key, for good. Refused while it is active in a role or named by a policy.")
    String delete();
}
