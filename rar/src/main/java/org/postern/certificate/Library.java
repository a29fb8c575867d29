package org.postern.certificate;

import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.CryptoServicesRegistrar.Property;

/** Prepares BouncyCastle for a place where threads outlive it. */
final class Library {

    private Library() {}

    /**
     * Has it set its defaults on this thread, where they are kept a second time for the thread itself, and removes these: on a
     * thread of the container they would hold the adapter's classes.
     */
    static void prepare() {
        CryptoServicesRegistrar.clearThreadProperty(Property.DH_DEFAULT_PARAMS);
        CryptoServicesRegistrar.clearThreadProperty(Property.DSA_DEFAULT_PARAMS);
    }
}
