package org.postern.connector;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;

/** Sees how a delivery's transaction ended. */
final class DeliveryOutcome implements Synchronization {

    private boolean committed;

    @Override
    public void beforeCompletion() {
        // Only the end is of interest.
    }

    @Override
    public void afterCompletion(int status) {
        committed = status == Status.STATUS_COMMITTED;
    }

    boolean isCommitted() {
        return committed;
    }
}
