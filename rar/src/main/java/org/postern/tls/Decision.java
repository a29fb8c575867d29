package org.postern.tls;

import java.util.Optional;

/**
 * What is demanded of a next hop.
 *
 * @param policy the policy that decides; empty where none is about it
 * @param monitored a policy that only watches, and would decide if it did not
 * @param tls what is in force
 */
public record Decision(Optional<Policy> policy, Optional<Policy> monitored, ClientTls tls) {

    /** {@return who decides, for a sentence} */
    public String decider() {
        return policy.map(found -> "the policy of " + found.domain()).orElse("the setting clientTlsLevel");
    }
}
