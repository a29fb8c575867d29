package org.postern.certificate;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.postern.administration.SettingValues;
import org.postern.administration.Settings;

/**
 * Puts a certificate in the place of another under the same alias. For those who show it this is a change of settings in which
 * no setting changes: they find another certificate under the alias, prove it and exchange it for the old one in one step, or
 * refuse it.
 *
 * <p>{@link #start} must come after those who prove have joined: what is written has been proven then.
 */
public final class Replacement implements Settings.Participant {

    private final CertificateStore store;
    private final Settings settings;
    private volatile Optional<Step> step = Optional.empty();
    private volatile boolean written;

    /**
     * Makes one.
     *
     * @param store where certificates are
     * @param settings whose participants show them
     */
    public Replacement(CertificateStore store, Settings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** Has a say in changes from now on. Closing what is returned ends that. */
    public Settings.Registration start() {
        return settings.join(this);
    }

    /**
     * Puts another chain in place of the one there is, for the same key; also the first one, for a request.
     *
     * @throws IllegalArgumentException or IllegalStateException with a full sentence, if it is refused or cannot be written;
     *     then the old one goes on
     */
    synchronized void replace(Entry candidate, Optional<SigningRequest> request) {
        carryOut(new Step(candidate, true), new Stored.Ready(candidate, request, Optional.empty()));
    }

    /**
     * Takes up what is in the files already.
     *
     * @throws IllegalArgumentException or IllegalStateException with a full sentence, if it is refused; then the old one goes
     *     on
     */
    synchronized void takeUp(Stored.Ready found) {
        carryOut(new Step(found.entry(), false), found);
    }

    /** Does something during which nothing is replaced. */
    synchronized void alone(Runnable task) {
        task.run();
    }

    /** Writes what all others have agreed to. */
    @Override
    public Runnable prepare(SettingValues candidate) {
        step.filter(Step::writes).ifPresent(this::write);
        return () -> {};
    }

    private void carryOut(Step next, Stored.Ready result) {
        Optional<Stored> before = store.find(next.entry().alias());
        written = false;
        step = Optional.of(next);
        store.stage(next.entry());
        try {
            settings.change(Map.of());
            store.hold(result);
        } catch (RuntimeException e) {
            putBack(next, before);
            throw e;
        } finally {
            step = Optional.empty();
            store.withdraw();
        }
    }

    private void write(Step next) {
        try {
            store.writeChain(next.entry());
            written = true;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The chain of the certificate " + next.entry() + " could not be written: " + e + ".", e);
        }
    }

    /** The settings file comes last; should it fail, the chain has been written already. */
    private void putBack(Step failed, Optional<Stored> before) {
        if (written) {
            try {
                store.restore(failed.entry().alias(), before);
            } catch (IOException e) {
                System.getLogger(Replacement.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "The old chain of " + failed.entry() + " could not be put back; after the next start"
                                        + " the new one is shown.",
                                e);
            }
        }
    }

    private record Step(Entry entry, boolean writes) {}
}
