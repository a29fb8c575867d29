package org.postern.tls;

/** Whether those who send to us show a certificate. */
public enum ClientCertificate {
    /** They are not asked. Threat left open: the sender is known by its address at most. */
    DO_NOT_REQUEST,
    /**
     * They are asked; none, or one that does not verify, is no obstacle. What was shown, and whether it verified, is told.
     * Threat left open: as above, for every application that does not look.
     */
    REQUEST,
    /**
     * The handshake fails without a certificate that verifies against the operator's own anchors. Threat left open: whoever has
     * stolen a client's key is that client until its certificate expires or is taken from the list.
     */
    REQUIRE
}
