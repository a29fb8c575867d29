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

    /**
     * Tells what keeps mail from being sent. Where a policy names a certificate, the server may know this side by it: shown
     * nothing it can refuse the mail for good, or the handshake, after which ATTEMPT would go on in clear.
     *
     * @return why the certificate that the policy names cannot be shown, in a full sentence; empty where nothing is in the way
     */
    public Optional<String> obstacle() {
        boolean isNamed = policy.flatMap(Policy::clientCertificate).isPresent();
        return isNamed && tls.level() != ClientLevel.NONE ? tls.context().missing() : Optional.empty();
    }

    /** {@return who decides, for a sentence} */
    public String decider() {
        return policy.map(found -> "the policy of " + found.domain()).orElse("the setting clientTlsLevel");
    }
}
