package org.postern.container;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Transactions of a hand-made container: one for each thread, with synchronizations, without resources. */
public final class Transactions implements TransactionSynchronizationRegistry {

    private final ThreadLocal<Transaction> current = new ThreadLocal<>();

    /** What a container can do wrong at the end of a transaction. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** The commit of a resource fails: ROLLEDBACK, and the container reports no failure. */
        COMMIT_FAILS_SILENTLY,
        /** It fails, and the container throws, though it told the synchronization COMMITTED. */
        COMMIT_THROWS_AFTER_COMMITTED,
        /** It fails, the outcome is not known, and the container throws. */
        COMMIT_UNKNOWN
    }

    private static final class Transaction {
        private final List<Synchronization> synchronizations = new ArrayList<>();
        private final Map<Object, Object> resources = new HashMap<>();
        private boolean rollbackOnly;
    }

    void begin() {
        current.set(new Transaction());
    }

    void end(Fault fault) {
        Transaction transaction = current.get();
        if (!transaction.rollbackOnly) {
            try {
                transaction.synchronizations.forEach(Synchronization::beforeCompletion);
            } catch (RuntimeException e) {
                transaction.rollbackOnly = true;
            }
        }
        current.remove();
        int status = transaction.rollbackOnly ? Status.STATUS_ROLLEDBACK : status(fault);
        transaction.synchronizations.forEach(synchronization -> synchronization.afterCompletion(status));
        if (!transaction.rollbackOnly
                && (fault == Fault.COMMIT_THROWS_AFTER_COMMITTED || fault == Fault.COMMIT_UNKNOWN)) {
            throw new IllegalStateException("The commit failed.");
        }
    }

    private static int status(Fault fault) {
        return switch (fault) {
            case NONE, COMMIT_THROWS_AFTER_COMMITTED -> Status.STATUS_COMMITTED;
            case COMMIT_FAILS_SILENTLY -> Status.STATUS_ROLLEDBACK;
            case COMMIT_UNKNOWN -> Status.STATUS_UNKNOWN;
        };
    }

    private Transaction require() {
        Transaction transaction = current.get();
        if (transaction == null) {
            throw new IllegalStateException("There is no transaction.");
        }
        return transaction;
    }

    @Override
    public Object getTransactionKey() {
        return current.get();
    }

    @Override
    public void putResource(Object key, Object value) {
        require().resources.put(key, value);
    }

    @Override
    public Object getResource(Object key) {
        return require().resources.get(key);
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        require().synchronizations.add(synchronization);
    }

    @Override
    public int getTransactionStatus() {
        return current.get() == null ? Status.STATUS_NO_TRANSACTION : Status.STATUS_ACTIVE;
    }

    @Override
    public void setRollbackOnly() {
        require().rollbackOnly = true;
    }

    @Override
    public boolean getRollbackOnly() {
        return require().rollbackOnly;
    }
}
