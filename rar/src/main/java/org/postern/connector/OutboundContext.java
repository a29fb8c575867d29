package org.postern.connector;

import org.postern.administration.Administration;
import org.postern.outbound.Client;
import org.postern.outbound.MimePreparation;

/** What a managed connection factory needs of its resource adapter, which implements it. There only while that is started. */
public interface OutboundContext {

    /** {@return what makes connections} */
    Client client();

    /** {@return what makes messages of Jakarta Mail ready to be sent} */
    MimePreparation mimePreparation();

    /** {@return what applications join in} */
    Administration administration();
}
