package org.postern.certificate;

import java.time.Duration;
import java.util.Optional;

/** What the store holds under an alias, at one moment. */
public sealed interface Stored {

    /** {@return its name} */
    String alias();

    /**
     * A certificate that can be used.
     *
     * @param entry the certificate and its key
     * @param request the request that it was signed on; empty if there was none here
     * @param told which warning of its end was given last
     */
    record Ready(Entry entry, Optional<SigningRequest> request, Optional<Told> told) implements Stored {
        @Override
        public String alias() {
            return entry.alias();
        }
    }

    /**
     * A key that waits for its certificate.
     *
     * @param request what an authority is asked to sign
     */
    record Pending(SigningRequest request) implements Stored {
        @Override
        public String alias() {
            return request.alias();
        }
    }

    /**
     * A folder that cannot be read as one of these; it is left as it is.
     *
     * @param alias its name
     * @param problem a full sentence that says what is wrong with it
     */
    record Damaged(String alias, String problem) implements Stored {}

    /**
     * A warning that was given.
     *
     * @param fingerprint of the certificate that it was given for: one that took its place is another matter
     * @param threshold the time before its end at which it was due
     */
    record Told(String fingerprint, Duration threshold) {

        /** {@return what {@link #toString} wrote} */
        static Told parse(String text) {
            String[] parts = text.split(" ");
            if (parts.length != 2) {
                throw new IllegalArgumentException("There is no fingerprint and threshold in it.");
            }
            return new Told(parts[0], Duration.parse(parts[1]));
        }

        @Override
        public String toString() {
            return fingerprint + " " + threshold;
        }
    }
}
