package org.postern.connector;

import org.postern.NextHop;
import org.postern.administration.Administration;
import org.postern.outbound.Client;
import org.postern.outbound.MimePreparation;

/** What a managed connection factory needs of its resource adapter, which implements it. There only while that is started. */
public interface OutboundContext {

    /** {@return what makes connections} */
    Client client();

    /** {@return the next hop of mail for a domain, as policies and settings say} */
    NextHop nextHopFor(String domain);

    /** {@return what makes messages of Jakarta Mail ready to be sent} */
    MimePreparation mimePreparation();

    /** {@return what applications join in} */
    Administration administration();
}
