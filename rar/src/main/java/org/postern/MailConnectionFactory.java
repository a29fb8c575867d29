package org.postern;

import jakarta.resource.NotSupportedException;
import jakarta.resource.Referenceable;
import jakarta.resource.ResourceException;
import java.io.Serializable;
import org.postern.administration.Administration;

/**
 * Sends mail: injected into an application with {@code @Resource(name = "mail/postern")}. Connections are pooled by the
 * container, one pool entry per next hop.
 */
public interface MailConnectionFactory extends Serializable, Referenceable {

    /**
     * Gives a connection to a next hop. It is opened at the first send, so a server that cannot be reached is told there.
     *
     * @param nextHop the server to hand mail to
     * @return a connection; close it to give it back to the pool
     * @throws ResourceException if the container has none to give, say because its pool is exhausted
     */
    MailConnection getConnection(NextHop nextHop) throws ResourceException;

    /**
     * Gives a connection to a next hop, on which somebody proves that he sends (RFC 4954): by SCRAM-SHA-256 where the server has
     * it, else by PLAIN, LOGIN or XOAUTH2 if its certificate was verified. The TLS level ATTEMPT is taken for REQUIRE then.
     *
     * @param nextHop the server to hand mail to
     * @param credentials who sends
     * @return a connection; close it to give it back to the pool
     * @throws ResourceException if the container has none to give, say because its pool is exhausted
     */
    default MailConnection getConnection(NextHop nextHop, Credentials credentials) throws ResourceException {
        throw new NotSupportedException("This factory does not tell servers who sends.");
    }

    /**
     * Tells where mail for a domain goes: to its policy's next hop, else to the one that is set for all mail, else to the servers
     * that the domain names in its MX records. Recipients of several domains that get equal next hops can share a message.
     *
     * @param domain a recipient's domain; an address literal in brackets stands for itself
     * @return the next hop, for {@link #getConnection}
     * @throws IllegalArgumentException with a sentence, if it is no domain
     */
    default NextHop nextHopFor(String domain) {
        return NextHop.forDomain(domain);
    }

    /** {@return what an application needs to have settings and management beans of its own beside the adapter's} */
    Administration administration();
}
