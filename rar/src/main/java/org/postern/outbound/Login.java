package org.postern.outbound;

import java.util.Optional;
import org.postern.Credentials;

/**
 * How this side proves to a server who sends.
 *
 * @param credentials what there is to prove it with; empty for nobody
 * @param unverified whether a server that is not verified may be given the secret itself
 * @param inClear whether the secret may be said in clear
 */
public record Login(Optional<Credentials> credentials, boolean unverified, boolean inClear) {

    /** Nobody. */
    public static final Login NONE = new Login(Optional.empty(), false, false);

    boolean isWanted() {
        return credentials.isPresent();
    }
}
