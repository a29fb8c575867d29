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
     * Tells what keeps mail from being sent. Where a certificate is named, the server may know this side by it: shown
     * nothing it can refuse the mail for good, or the handshake, after which ATTEMPT would go on in clear.
     *
     * @return why the certificate that {@link #namer} names cannot be shown, in a full sentence; empty where nothing is in
     *     the way
     */
    public Optional<String> obstacle() {
        return tls.level() == ClientLevel.NONE
                ? Optional.empty()
                : tls.context().missing();
    }

    /** {@return who names the certificate that is shown, for a sentence} */
    public String namer() {
        return policy.filter(found -> found.clientCertificate().isPresent())
                .map(Decision::nameOf)
                .orElse("the setting activeClientCertificate");
    }

    /** {@return who decides, for a sentence} */
    public String decider() {
        return policy.map(Decision::nameOf).orElse("the setting clientTlsLevel");
    }

    private static String nameOf(Policy policy) {
        return "the policy of " + policy.domain();
    }
}
