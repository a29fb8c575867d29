package org.postern;

import java.io.Serializable;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The facts of a TLS session.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite such as {@code TLS_AES_256_GCM_SHA384}
 * @param peerChain what the peer showed, its own certificate first; empty where it showed none
 * @param verification whether what the peer showed was verified
 * @param failure why what the peer showed did not verify; empty where it did, or was not looked at
 * @param serverName the name that the client asked for (SNI, RFC 6066 section 3); empty where it asked for none
 */
public record TlsSession(
        String protocol,
        String cipherSuite,
        List<X509Certificate> peerChain,
        Verification verification,
        Optional<TlsFailure> failure,
        Optional<String> serverName)
        implements Serializable {

    /** What was done about the peer's certificate. */
    public enum Verification {
        /** The peer showed no certificate. */
        NONE_SHOWN,
        /** It was not looked at, as the level does not ask for it. */
        NOT_CHECKED,
        /** Chain, validity, purpose and, for a server, name hold. */
        VERIFIED,
        /** Something did not hold; {@link TlsSession#failure} tells what. */
        FAILED
    }

    /** Copies the chain and checks that nothing is null. */
    public TlsSession {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(cipherSuite, "cipherSuite");
        Objects.requireNonNull(verification, "verification");
        Objects.requireNonNull(failure, "failure");
        Objects.requireNonNull(serverName, "serverName");
        peerChain = List.copyOf(peerChain);
    }

    /** {@return whether the peer is proven to be who it says} */
    public boolean isVerified() {
        return verification == Verification.VERIFIED;
    }
}
