package org.postern.gateway;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One transaction after another, with the rules of JTA for synchronizations. */
final class FakeTransactions implements TransactionSynchronizationRegistry {

    private final Map<Object, Object> resources = new HashMap<>();
    private List<Synchronization> synchronizations = List.of();
    private int status = Status.STATUS_NO_TRANSACTION;

    void begin() {
        synchronizations = new ArrayList<>();
        status = Status.STATUS_ACTIVE;
    }

    /** Ends the transaction; returns whether it committed. */
    boolean commit() {
        if (status == Status.STATUS_ACTIVE) {
            try {
                synchronizations.forEach(Synchronization::beforeCompletion);
            } catch (RuntimeException e) {
                status = Status.STATUS_MARKED_ROLLBACK;
            }
        }
        boolean committed = status == Status.STATUS_ACTIVE;
        end(committed ? Status.STATUS_COMMITTED : Status.STATUS_ROLLEDBACK);
        return committed;
    }

    /** Everything is prepared, and then the process dies, or the outcome stays unknown. */
    void prepareOnly() {
        synchronizations.forEach(Synchronization::beforeCompletion);
    }

    void end(int outcome) {
        synchronizations.forEach(synchronization -> synchronization.afterCompletion(outcome));
        synchronizations = List.of();
        status = Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        if (status == Status.STATUS_NO_TRANSACTION) {
            throw new IllegalStateException("no transaction");
        }
        synchronizations.add(synchronization);
    }

    @Override
    public void setRollbackOnly() {
        status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public boolean getRollbackOnly() {
        return status == Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public int getTransactionStatus() {
        return status;
    }

    @Override
    public Object getTransactionKey() {
        return this;
    }

    @Override
    public void putResource(Object key, Object value) {
        resources.put(key, value);
    }

    @Override
    public Object getResource(Object key) {
        return resources.get(key);
    }
}
