package org.postern.tls;

/** Whether it is asked if certificates of peers have been revoked. */
public enum RevocationCheck {
    /** Nobody is asked. */
    NONE,
    /** What has been revoked does not verify; what cannot be found out is no obstacle. */
    SOFT,
    /** What has been revoked does not verify, and neither does a certificate of which that cannot be found out. */
    HARD
}
