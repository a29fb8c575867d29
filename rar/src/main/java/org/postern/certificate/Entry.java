package org.postern.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate with its private key.
 *
 * @param alias its name
 * @param key the private key; it never leaves the store's folder and the TLS engine
 * @param chain the certificate, then those of its issuers
 * @param origin how it came here
 * @param added when it came here
 */
public record Entry(String alias, PrivateKey key, List<X509Certificate> chain, Origin origin, Instant added) {

    /** How a certificate came into the store. */
    public enum Origin {
        /** Made here, signed by its own key. */
        SELF_SIGNED,
        /** Signed by an authority on a request that was made here. */
        REQUEST,
        /** Imported from a PFX (PKCS #12), with its key. */
        PFX,
        /** Imported from PEM, with its key. */
        PEM,
        /** Put into the store's folder by hand or by another program. */
        FILES
    }

    /**
     * Checks the alias, copies the chain, and checks that the key is the certificate's.
     *
     * @throws IllegalArgumentException with a full sentence, if something does not fit
     */
    public Entry {
        Alias.check(alias);
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("The chain of the certificate " + alias + " is empty.");
        }
        if (!KeyPair.belongTogether(key, chain.get(0).getPublicKey())) {
            throw new IllegalArgumentException("The private key of " + alias + " is not that of its certificate.");
        }
    }

    /** {@return the certificate itself} */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * Puts another certificate in this one's place.
     *
     * @return this entry with another chain for the same key
     * @throws IllegalArgumentException with a full sentence, if it is for another key
     */
    Entry withChain(List<X509Certificate> other) {
        return new Entry(alias, key, other, origin, added);
    }

    @Override
    public String toString() {
        return alias;
    }
}
