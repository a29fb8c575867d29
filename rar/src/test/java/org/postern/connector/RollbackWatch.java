package org.postern.connector;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;

/** Notes whether a transaction was rolled back. */
record RollbackWatch(boolean[] rolledBack) implements Synchronization {

    @Override
    public void beforeCompletion() {
        rolledBack[0] = false;
    }

    @Override
    public void afterCompletion(int status) {
        rolledBack[0] = status == Status.STATUS_ROLLEDBACK;
    }
}
